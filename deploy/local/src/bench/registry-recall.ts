import { createHmac } from 'node:crypto';
import { searchCandidates } from '@madoguchi/contracts';
import type { ReplyOf, SearchItems } from '@madoguchi/contracts';
import { isKana, isRoman, kanaKeys, kanjiKey, romanKey } from '@madoguchi/kernel';
import { seededRandom } from '@madoguchi/registry/invent-residents/random';
import type { Asked } from './big-register.ts';
import { everybody, fillRegister } from './big-register.ts';
import type { Damage } from './damage.ts';
import { DAMAGES } from './damage.ts';
import { rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { LOOKUP_KEY, say, withService } from './with-service.ts';

const QUERIES = Number(process.env['BENCH_QUERIES'] ?? 20_000);
/** Not one of the tests' seeds. */
const SEED = 90_001;
const TOGETHER = 8;
const SEARCHES_A_CASE = 25;
const FITTING = 10;

type Query = { person: Asked; items: SearchItems; kind: string; ambiguous: boolean };
type Reply = ReplyOf<typeof searchCandidates>;
type Tally = { asked: number; found: number; ambiguous: number; askedBack: number };

/** How many fit each undamaged form, by reading everybody once. */
function plainScan(people: readonly Asked[], damage: Damage): Map<string, number> {
  const counts = new Map<string, number>();
  for (const person of people) {
    const form = damage.fits(person);
    if (form !== undefined) counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  return counts;
}

function makeQueries(people: readonly Asked[]): Query[] {
  const random = seededRandom(SEED);
  return DAMAGES.flatMap((damage) => {
    const counts = plainScan(people, damage);
    const queries: Query[] = [];
    while (queries.length < Math.floor(QUERIES / DAMAGES.length)) {
      const person = random.pick(people);
      const form = damage.fits(person);
      const items = form === undefined ? undefined : damage.typed(person, random);
      if (form === undefined || items === undefined) continue;
      const ambiguous = (counts.get(form) ?? 0) > FITTING;
      queries.push({ person, items, kind: damage.kind, ambiguous });
    }
    return queries;
  });
}

/** The number a person has in the answers of a case. */
const standsFor = (caseId: string, residentId: string): string =>
  createHmac('sha256', Buffer.from(LOOKUP_KEY, 'base64url'))
    .update(`${caseId}\n${residentId}`)
    .digest('base64url')
    .slice(0, 22);

/** Is this name that of the person, by the rules of the register's own keys? */
function sameName(said: string, person: Asked): boolean {
  if (isKana(said))
    return person.nameKana !== null && kanaKeys(person.nameKana).k3 === kanaKeys(said).k3;
  const names = [person.name, person.alias].filter((name) => name !== null);
  return names.some((name) =>
    isRoman(said)
      ? isRoman(name) && romanKey(name) === romanKey(said)
      : kanjiKey(name) === kanjiKey(said),
  );
}

/** People whose names are taken for each other: the only ones that could be declared the same by mistake. */
function alikeBy(people: readonly Asked[]): (person: Asked) => readonly Asked[] {
  const looseOf = ({ name, nameKana }: Asked): string =>
    nameKana === null ? kanjiKey(name).replaceAll('斎', '斉') : kanaKeys(nameKana).k4;
  const groups = new Map<string, Asked[]>();
  for (const person of people) {
    const group = groups.get(looseOf(person));
    if (group) group.push(person);
    else groups.set(looseOf(person), [person]);
  }
  return (person) => groups.get(looseOf(person)) ?? [];
}

function wrongEquals(
  query: Query,
  { reply, caseId }: { reply: Reply; caseId: string },
  alike: readonly Asked[],
): number {
  const equal = new Set(
    reply.candidates.filter(({ items }) => items.name === 'match').map((one) => one.candidate),
  );
  const { name } = query.items;
  if (equal.size === 0 || name === undefined) return 0;
  return alike.filter(
    (person) => !sameName(name, person) && equal.has(standsFor(caseId, person.id)),
  ).length;
}

async function measure(under: ServiceUnderTest): Promise<Record<string, number>> {
  const people = await everybody(under.ownerUrl);
  const queries = makeQueries(people);
  const alike = alikeBy(people);
  const tallies = new Map<string, Tally>(
    DAMAGES.map(({ kind }) => [kind, { asked: 0, found: 0, ambiguous: 0, askedBack: 0 }]),
  );
  let wrongEqual = 0;
  say(`${queries.length} damaged queries`);
  const lots = Array.from({ length: Math.ceil(queries.length / SEARCHES_A_CASE) }, (_, lot) =>
    queries.slice(lot * SEARCHES_A_CASE, (lot + 1) * SEARCHES_A_CASE),
  );
  const askLot = async (lot: readonly Query[]): Promise<void> => {
    const operator = await under.tokens.actor('operator');
    const { token: permit, caseId } = await under.tokens.permit(operator.id);
    for (const query of lot) {
      const answer = await under.call(
        searchCandidates,
        { purpose: 'reservation', items: query.items },
        { actorToken: operator.token, permit },
      );
      if (!answer.ok) throw new Error(answer.refusal.code);
      const tally = tallies.get(query.kind);
      if (!tally) continue;
      const reply = answer.value;
      const me = standsFor(caseId, query.person.id);
      const found = reply.candidates.some(({ candidate }) => candidate === me);
      if (!query.ambiguous) tally.asked += 1;
      else tally.ambiguous += 1;
      if (found && !query.ambiguous) tally.found += 1;
      if (query.ambiguous && (found || reply.askFor.length > 0)) tally.askedBack += 1;
      if (!found && !query.ambiguous && process.env['BENCH_MISSES'])
        say(JSON.stringify({ kind: query.kind, items: query.items, outcome: reply.outcome }));
      wrongEqual += wrongEquals(query, { reply, caseId }, alike(query.person));
    }
  };
  const waiting = [...lots];
  await Promise.all(
    Array.from({ length: TOGETHER }, async () => {
      for (let lot = waiting.pop(); lot; lot = waiting.pop()) await askLot(lot);
    }),
  );
  const all = [...tallies.values()];
  const sum = (of: (tally: Tally) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  return {
    ...Object.fromEntries(
      [...tallies].map(([kind, one]) => [
        `recall_${kind}`,
        Math.round((one.found / one.asked) * 1e4) / 1e4,
      ]),
    ),
    recall_at_10: Math.round((sum((one) => one.found) / sum((one) => one.asked)) * 1e4) / 1e4,
    ambiguous: rounded(sum((one) => one.ambiguous) / queries.length),
    ambiguous_asked: rounded(
      sum((one) => one.askedBack) /
        Math.max(
          1,
          sum((one) => one.ambiguous),
        ),
    ),
    wrong_equal: wrongEqual,
    queries: queries.length,
  };
}

/** Whether people are found by damaged forms of their own entries, at 700,000 residents. */
export function registryRecall(): Promise<Record<string, number>> {
  return withService({ service: 'registry', prepare: fillRegister }, measure);
}

import * as contract from '@madoguchi/contracts';
import { createCall } from '@madoguchi/messaging';
import type { Call } from '@madoguchi/messaging';
import { systemClock } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../invent-residents/random.ts';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { csv, registryWorld } from '../store/registry-world.fixture.ts';
import type { Stranger } from './strangers.fixture.ts';
import { strangers } from './strangers.fixture.ts';
import type { Told } from './tell-apart.fixture.ts';
import { tellApart } from './tell-apart.fixture.ts';

/** No better guess than this is allowed, with 95 % certainty. */
const MOST_TOLD = 0.55;
/** People of each kind at a time; more are asked for while chance alone could make the difference. */
const A_TURN = 500;
const TURNS = 8;
const KINDS = ['unknown', 'protected', 'moved'] as const;
type Kind = (typeof KINDS)[number];
type Seen = Record<string, number>;

const random = seededRandom(20_261_125);
const people = strangers(4 * A_TURN * TURNS, 2_026);
const [hidden, moved, unknown, others] = [0, 1, 2, 3].map((part) =>
  people.filter((_, index) => index % 4 === part),
) as [Stranger[], Stranger[], Stranger[], Stranger[]];
const peopleOf: Record<Kind, Stranger[]> = { protected: hidden, moved, unknown };

let world: RegistryWorld;
let call: Call;
/** What the last answer weighed on the wire. */
const wire = { bytes: 0, headers: 0 };

beforeAll(async () => {
  world = await registryWorld(systemClock);
  await world.importText(
    csv([
      ...others.map((one, index) => one.row(1_000_000 + index, 'open')),
      ...hidden.map((one, index) => one.row(2_000_000 + index, 'protected')),
      ...moved.map((one, index) => one.row(3_000_000 + index, 'moved')),
    ]),
    { acceptRemovals: true },
  );
  await world.sql('registry', 'VACUUM ANALYZE');
  const { nats } = world.connection;
  const watched = new Proxy(nats, {
    get(target, key) {
      if (key !== 'request') return Reflect.get(target, key).bind(target) as unknown;
      return async (...given: Parameters<typeof nats.request>) => {
        const message = await target.request(...given);
        wire.bytes = message.data.byteLength;
        wire.headers = message.headers?.keys().length ?? 0;
        return message;
      };
    },
  });
  call = createCall({ ...world.connection, nats: watched }, world.service.runtime.telemetry);
}, 120_000);
afterAll(() => world.stop());

const personOf = (kind: Kind, index: number): Stranger => {
  const person = peopleOf[kind][index];
  if (!person) throw new Error('nobody left');
  return person;
};

/** Everything an operator sees of a person whom a case asks for, before anybody is verified. */
async function look(person: Stranger, desk: Desk, planted: () => void): Promise<Seen> {
  const { name, dateOfBirth } = person.items;
  const seen: Seen = {};
  const timed = async <T>(what: string, ask: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const answer = await ask();
    seen[`${what}: time`] = performance.now() - start;
    seen[`${what}: bytes`] = wire.bytes;
    seen[`${what}: headers`] = wire.headers;
    return answer;
  };
  await timed('number', () => call(contract.numberOnRecord, {}, desk));
  await timed('search', () =>
    call(contract.searchCandidates, { purpose: 'reservation', items: person.items }, desk),
  );
  // Below the threshold, to which the calling number does not count: who moved away is an unknown.
  const asked = { purpose: 'own-record' as const, items: { name, dateOfBirth } };
  const answer = await timed('verify', async () => {
    const given = await call(contract.verifyPerson, asked, desk);
    planted();
    return given;
  });
  seen['tries left'] = answer.ok ? answer.value.triesLeft : -1;
  return seen;
}

/** What stays behind of a case, for whoever reads lists and counts later. */
async function traces(desks: readonly Desk[]): Promise<Map<string, Seen>> {
  const rows = await world.sql<{ caseId: string } & Seen>(
    'registry',
    `SELECT c.id AS "caseId",
       (SELECT count(*)::int FROM failed_verification f WHERE f.case_id = c.id) AS failures,
       (SELECT COALESCE(sum(array_length(f.person_digests, 1)), 0)::int FROM failed_verification f
        WHERE f.case_id = c.id) AS digests,
       (SELECT COALESCE(sum(times), 0)::int FROM search_count WHERE counted = 'case:' || c.id) AS searches,
       l.entries, l.bytes, l.named
     FROM unnest($1::uuid[]) AS c(id) JOIN (
       SELECT (entry->>'caseId')::uuid AS id, count(*)::int AS entries,
         sum(length(entry::text))::int AS bytes,
         sum(jsonb_array_length(entry->'residents'))::int AS named
       FROM relay.audit_entry WHERE entry ? 'caseId' GROUP BY 1) AS l ON l.id = c.id`,
    [desks.map(({ caseId }) => caseId)],
  );
  return new Map(rows.map(({ caseId, ...seen }) => [caseId, seen]));
}

/** One of each kind at a time, in random order, so that whatever the machine does meets all alike. */
async function lookAtAll(
  from: number,
  planted: (kind: Kind) => void,
): Promise<Record<Kind, Seen>[]> {
  const desks: Desk[] = [];
  for (let turn = 0; turn < A_TURN; turn += 1)
    for (const kind of KINDS)
      desks.push(await world.desk('operator', { number: personOf(kind, from + turn).telephone }));
  const seen: Record<Kind, Seen>[] = [];
  for (let turn = 0; turn < A_TURN; turn += 1) {
    const order = KINDS.map((kind, place) => ({ kind, place, at: random.next() })).toSorted(
      (a, b) => a.at - b.at,
    );
    const three: Partial<Record<Kind, Seen>> = {};
    for (const { kind, place } of order) {
      const desk = desks[3 * turn + place];
      if (!desk) throw new Error('no desk');
      three[kind] = await look(personOf(kind, from + turn), desk, () => planted(kind));
    }
    seen.push(three as Record<Kind, Seen>);
  }
  const left = await traces(desks);
  for (const [turn, three] of seen.entries())
    for (const [place, kind] of KINDS.entries())
      Object.assign(three[kind], left.get(desks[3 * turn + place]?.caseId ?? ''));
  return seen;
}

type Verdict = { kind: Kind; best: Told; people: number };

/** Looks at more people until the best guess is surely below the limit, or surely above. */
async function guess(planted: (kind: Kind) => void = () => undefined): Promise<Verdict[]> {
  const seen: Record<Kind, Seen>[] = [];
  for (let turn = 0; ; turn += 1) {
    seen.push(...(await lookAtAll(turn * A_TURN, planted)));
    const verdicts = (['protected', 'moved'] as const).map((kind) => {
      const pairs = seen.map((three) => ({ one: three[kind], other: three.unknown }));
      const [best] = tellApart(pairs);
      if (!best) throw new Error('nothing was seen');
      return { kind, best, people: pairs.length };
    });
    const open = verdicts.some(({ best }) => best.upper > MOST_TOLD && best.lower <= MOST_TOLD);
    if (!open || turn + 1 === TURNS) return verdicts;
  }
}

const spin = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

describe('who looks at answers, times, lists and counts', () => {
  it('cannot tell a protected person, or one who moved away, from an unknown one (B1)', async () => {
    const verdicts = await guess();
    for (const { kind, best } of verdicts)
      expect(best.upper, `${kind} by ${best.by}`).toBeLessThanOrEqual(MOST_TOLD);
  }, 600_000);

  it('would see a single millisecond', async () => {
    const verdicts = await guess((kind) => kind === 'unknown' || spin(1));
    for (const { best } of verdicts) {
      expect(best.upper).toBeGreaterThan(MOST_TOLD);
      expect(best.lower).toBeGreaterThan(0.5);
    }
  }, 600_000);
});

import { searchCandidates } from '@madoguchi/contracts';
import type { SearchItems } from '@madoguchi/contracts';
import { kanaKeys, kanjiKey, normalisePhoneNumber } from '@madoguchi/kernel';
import { seededRandom } from '@madoguchi/registry/invent-residents/random';
import type { Random } from '@madoguchi/registry/invent-residents/random';
import { placeKeys } from '@madoguchi/registry/domain/search-keys';
import { createHmac } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import type { Asked } from './big-register.ts';
import { everybody, fillRegister } from './big-register.ts';
import { percentile, rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { LOOKUP_KEY, say, withService } from './with-service.ts';

const PER_S = 200;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const OPERATORS = 100;
const SEARCHES_A_CASE = 20;
const WARM_UP = 400;

/** A query and the bare statement that would answer it. */
type Query = { kind: string; items: SearchItems; sql: string; given: unknown[] };

const OPEN = `municipality_code = '131237' AND NOT protected
  AND (removal_date IS NULL OR removal_date > current_date)`;
const bare = (which: string): string =>
  `SELECT id, name_keys, kana_key, date_of_birth, address FROM resident WHERE ${OPEN} AND ${which} LIMIT 401`;
const digest = (number: string): string =>
  createHmac('sha256', Buffer.from(LOOKUP_KEY, 'base64url')).update(number).digest('base64url');
const mistype = (name: string, random: Random): string => {
  const letters = Array.from(name);
  letters[random.between(0, letters.length - 1)] = random.pick(['ア', 'カ', 'シ', 'ト', 'ミ']);
  return letters.join('');
};

/** 30 % telephone, 30 % kana and birth date, 20 % kanji, 10 % address, 10 % mistyped kana. */
function queryFor(person: Asked, random: Random): Query | undefined {
  const { telephone, nameKana, dateOfBirth, name, address } = person;
  const kind = random.next();
  if (kind < 0.3) {
    const number = telephone === null ? undefined : normalisePhoneNumber(telephone);
    return number === undefined
      ? undefined
      : {
          kind: 'telephone',
          items: { telephone: number },
          sql: bare('telephone_digests @> ARRAY[$1::text]'),
          given: [digest(number)],
        };
  }
  if (kind < 0.6)
    return nameKana === null || dateOfBirth.length < 10
      ? undefined
      : {
          kind: 'kana',
          items: { name: nameKana, dateOfBirth },
          sql: bare('birth_day = $1::date AND kana_key = $2'),
          given: [dateOfBirth, kanaKeys(nameKana).k2],
        };
  if (kind < 0.8)
    return {
      kind: 'kanji',
      items: { name },
      sql: bare('name_keys && $1::text[]'),
      given: [[kanjiKey(name)]],
    };
  if (kind < 0.9) {
    const { placeBlock } = placeKeys(address);
    return {
      kind: 'address',
      items: { address },
      sql: bare('place_block = $1'),
      given: [placeBlock],
    };
  }
  return nameKana === null
    ? undefined
    : {
        kind: 'mistyped',
        items: { name: mistype(nameKana, random) },
        sql: bare('kana_loose = $1'),
        given: [kanaKeys(nameKana).k4],
      };
}

function makeQueries(people: readonly Asked[], count: number): Query[] {
  const random = seededRandom(2026);
  const queries: Query[] = [];
  while (queries.length < count) {
    const query = queryFor(random.pick(people), random);
    if (query) queries.push(query);
  }
  return queries;
}

/**
 * A hundred operators at work at once, who search in turn: each twice a second, in a case of theirs for a
 * few searches. (Twenty searches of one case within a tenth of a second would wait for one another's count.)
 */
async function makeDesks({ tokens }: ServiceUnderTest, searches: number) {
  const operators = await Promise.all(
    Array.from({ length: OPERATORS }, () => tokens.actor('operator')),
  );
  const rounds = Math.ceil(searches / OPERATORS / SEARCHES_A_CASE);
  const desks = await Promise.all(
    Array.from({ length: rounds * OPERATORS }, async (_, index) => {
      const operator = operators[index % OPERATORS];
      if (!operator) throw new Error('no operator');
      const { token: permit } = await tokens.permit(operator.id);
      return { actorToken: operator.token, permit };
    }),
  );
  return (search: number) => {
    const round = Math.floor(search / OPERATORS / SEARCHES_A_CASE);
    return desks[round * OPERATORS + (search % OPERATORS)];
  };
}

async function bareStatements(url: string, queries: readonly Query[]): Promise<number[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const times: number[] = [];
  for (const { sql, given } of queries.slice(0, 2_000)) {
    const start = performance.now();
    await client.query({ name: String(sql.length), text: sql, values: given });
    times.push(performance.now() - start);
  }
  await client.end();
  return times;
}

/** What preparing left behind is collected before anything is timed, not while it is. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

async function measure(under: ServiceUnderTest): Promise<Record<string, number>> {
  const total = PER_S * SECONDS;
  const queries = makeQueries(await everybody(under.ownerUrl), total + WARM_UP);
  const deskOf = await makeDesks(under, queries.length);
  const times: number[] = [];
  const byKind = new Map<string, number[]>();
  let errors = 0;
  let found = 0;
  const ask = async (index: number): Promise<void> => {
    const desk = deskOf(index);
    const query = queries[index];
    if (!desk || !query) return;
    const start = performance.now();
    const answer = await under.call(
      searchCandidates,
      { purpose: 'reservation', items: query.items },
      desk,
    );
    if (index < WARM_UP) return;
    const took = performance.now() - start;
    times.push(took);
    const list = byKind.get(query.kind);
    if (list) list.push(took);
    else byKind.set(query.kind, [took]);
    if (!answer.ok || answer.value.outcome === 'closed') errors += 1;
    else if (answer.value.outcome === 'candidates') found += 1;
  };
  for (let index = 0; index < WARM_UP; index += 1) await ask(index);
  collectGarbage();
  say(`${PER_S} searches a second for ${SECONDS} s`);
  const running: Promise<void>[] = [];
  const start = performance.now();
  for (let index = WARM_UP; index < queries.length; index += 1) {
    const due = start + ((index - WARM_UP) * 1_000) / PER_S;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(ask(index));
  }
  await Promise.all(running);
  const sql = await bareStatements(under.ownerUrl, queries);
  const p50 = percentile(times, 0.5);
  const sqlP50 = percentile(sql, 0.5);
  return {
    p50_ms: rounded(p50),
    p99_ms: rounded(percentile(times, 0.99)),
    errors,
    searches: times.length,
    found,
    sql_p50_ms: rounded(sqlP50),
    ratio_to_sql: rounded(p50 / sqlP50),
    ...Object.fromEntries(
      [...byKind].map(([kind, list]) => [`p99_${kind}_ms`, rounded(percentile(list, 0.99))]),
    ),
  };
}

/** Open loop of 200 searches a second at 700,000 residents, over NATS with policy and audit. */
export function registrySearch(): Promise<Record<string, number>> {
  return withService({ service: 'registry', prepare: fillRegister }, measure);
}

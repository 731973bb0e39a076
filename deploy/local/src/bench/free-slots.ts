import { findFreeSlots } from '@madoguchi/contracts';
import type { RequestOf } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { addDays, calendarDate, daysBetween, tokyoDate } from '@madoguchi/kernel';
import { seededRandom } from '@madoguchi/registry/invent-residents/random';
import type { Random } from '@madoguchi/registry/invent-residents/random';
import { weekdayOf } from '@madoguchi/reservations/domain/allowed-days';
import { findFree } from '@madoguchi/reservations/store/free-slot-store';
import pg from 'pg';
import type { Asking } from './free-slots-world.ts';
import {
  everybodyAsking,
  fillSlots,
  PRODUCTS,
  TOWNS,
  townName,
  VENUES,
  venueCode,
} from './free-slots-world.ts';
import { percentile, rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { say, withService } from './with-service.ts';

const PER_S = 100;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const WARM_UP = 400;
const BARE = 1_000;

type Search = RequestOf<typeof findFreeSlots>;
type Wish = { kind: string; search: Search };

/** What callers ask for, out of a hundred. */
function wishOf({ residentId, doseNumber }: Asking, random: Random): Wish {
  const tomorrow = addDays(tokyoDate(new Date()), 1);
  const ask = (kind: string, days: number, more: Partial<Search>): Wish => ({
    kind,
    search: {
      residentId,
      doseNumber,
      from: tomorrow,
      to: addDays(tomorrow, days - 1),
      view: 'slots',
      limit: 50,
      ...more,
    },
  });
  const venueCodes = [venueCode(random.between(0, VENUES - 1))];
  const towns = [townName(random.between(0, TOWNS - 1))];
  const share = random.between(1, 100);
  if (share <= 35) return ask('soonest', 28, {});
  if (share <= 50) return ask('venue', 56, { venueCodes });
  if (share <= 65) return ask('weekend', 56, { towns, weekdays: ['sat', 'sun'] });
  if (share <= 80)
    return ask('hours', 89, { weekdays: ['wed'], timeFrom: '15:00', productCode: 'XA' });
  if (share <= 95) return ask('next', 89, { view: 'next-by-venue' });
  return ask('none', 2, { venueCodes, timeFrom: '16:20' });
}

async function makeWishes(under: ServiceUnderTest, count: number) {
  const people = await everybodyAsking(under.ownerUrl);
  const random = seededRandom(2026);
  const operators = await Promise.all(
    Array.from({ length: 100 }, () => under.tokens.actor('operator')),
  );
  const grants = await Promise.all(
    people.map(async ({ residentId }, index) => {
      const operator = operators[index % operators.length];
      if (!operator) throw new Error('no operator');
      const grant = await under.tokens.grant({
        operatorId: operator.id,
        residents: [residentId],
        purposes: ['reservation'],
      });
      return { actorToken: operator.token, grant };
    }),
  );
  return Array.from({ length: count }, (_, index) => {
    const person = people[index % people.length];
    const me = grants[index % grants.length];
    if (!person || !me) throw new Error('nobody asks');
    return { ...wishOf(person, random), me };
  });
}

/** The statement for the slots alone, on one connection, for the same wishes. */
async function bareStatements(url: string, wishes: readonly Wish[]): Promise<number[]> {
  const client = new pg.Client({
    connectionString: url,
    options: '-c jit=off -c enable_seqscan=off',
  });
  await client.connect();
  const names = new Map<string, string>();
  const query: Query = async <Row>(text: string, values: readonly unknown[] = []) => {
    const name = names.get(text) ?? `s${names.size}`;
    names.set(text, name);
    return (await client.query({ name, text, values: [...values] })).rows as Row[];
  };
  const times: number[] = [];
  for (const { search } of wishes.slice(0, BARE)) {
    const { from, to, weekdays, limit, productCode, ...rest } = search;
    const days = Array.from(
      { length: daysBetween(calendarDate(from), calendarDate(to)) + 1 },
      (_, n) => addDays(calendarDate(from), n),
    ).filter((day) => weekdays?.some((one) => one === weekdayOf(day)) ?? true);
    const products = productCode === undefined ? PRODUCTS : [productCode];
    const start = performance.now();
    await findFree(
      query,
      {
        ...rest,
        channel: 'phone',
        days: products.map((one) => ({ productCode: one, days })),
        now: new Date(),
      },
      { limit },
    );
    times.push(performance.now() - start);
  }
  await client.end();
  return times;
}

async function measure(under: ServiceUnderTest): Promise<Record<string, number>> {
  const wishes = await makeWishes(under, PER_S * SECONDS + WARM_UP);
  const times = new Map<string, number[]>();
  let errors = 0;
  let found = 0;
  let reasons = 0;
  const ask = async (index: number): Promise<void> => {
    const wish = wishes[index];
    if (!wish) return;
    const start = performance.now();
    const answer = await under.call(findFreeSlots, wish.search, wish.me);
    if (index < WARM_UP) return;
    times.set(wish.kind, [...(times.get(wish.kind) ?? []), performance.now() - start]);
    if (!answer.ok) errors += 1;
    else if (answer.value.slots.length > 0) found += 1;
    else if (answer.value.reasons.length > 0) reasons += 1;
  };
  for (let index = 0; index < WARM_UP; index += 1) await ask(index);
  say(`${PER_S} searches a second for ${SECONDS} s`);
  const running: Promise<void>[] = [];
  const start = performance.now();
  for (let index = WARM_UP; index < wishes.length; index += 1) {
    const wait = start + ((index - WARM_UP) * 1_000) / PER_S - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(ask(index));
  }
  await Promise.all(running);
  say('the statement alone');
  const sqlP50 = percentile(await bareStatements(under.ownerUrl, wishes), 0.5);
  const all = [...times.values()].flat();
  const p50 = percentile(all, 0.5);
  return {
    p50_ms: rounded(p50),
    p99_ms: rounded(percentile(all, 0.99)),
    errors,
    searches: all.length,
    found,
    none_with_reasons: reasons,
    sql_p50_ms: rounded(sqlP50),
    ratio_to_sql: rounded(p50 / sqlP50),
    ...Object.fromEntries(
      [...times].flatMap(([kind, list]) => [
        [`p50_${kind}_ms`, rounded(percentile(list, 0.5))],
        [`p99_${kind}_ms`, rounded(percentile(list, 0.99))],
      ]),
    ),
  };
}

/** Open loop of 100 searches a second at a million slots, over NATS with grant, policy and audit. */
export function freeSlots(): Promise<Record<string, number>> {
  return withService({ service: 'reservations', prepare: fillSlots }, measure);
}

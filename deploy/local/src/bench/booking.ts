import { bookSlot } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { Caller } from './booking-world.ts';
import {
  CONNECTIONS,
  countFaults,
  makeCallers,
  statementLimit,
  withBookings,
} from './booking-world.ts';
import { processorTime, spentEach } from './processor-time.ts';
import { percentile, rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { say } from './with-service.ts';

const SLOTS = 10_000;
const BOOKINGS = Number(process.env['BENCH_BOOKINGS'] ?? 60_000);
const WARM_UP = 5_000;
const LIMIT_SECONDS = 8;

/** Books one seat for each caller, 64 callers at a time; times in milliseconds. */
export async function bookAll(
  under: ServiceUnderTest,
  callers: readonly Caller[],
  slotOf: (index: number) => string,
): Promise<{ times: number[]; booked: number; seconds: number; refusals: Map<string, number> }> {
  const times: number[] = [];
  const refusals = new Map<string, number>();
  let next = 0;
  let booked = 0;
  const start = performance.now();
  const one = async (): Promise<void> => {
    for (let index = next++; index < callers.length; index = next++) {
      const caller = callers[index];
      if (!caller) return;
      const { residentId, ...me } = caller;
      const sent = performance.now();
      const answer = await under.call(
        bookSlot,
        { residentId, doseNumber: 1, slotId: slotOf(index) },
        { ...me, idempotencyKey: newId() },
      );
      times.push(performance.now() - sent);
      if (answer.ok) booked += 1;
      else refusals.set(answer.refusal.code, (refusals.get(answer.refusal.code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  return { times, booked, seconds: (performance.now() - start) / 1_000, refusals };
}

/**
 * `book-slot` without a hold on 10,000 slots, closed loop at 64 over NATS, with token, a grant of its own
 * per resident, rules, outbox and audit; against the statement alone.
 */
export async function booking(): Promise<Record<string, number>> {
  const places = { venues: 50, slots: SLOTS, capacity: 100 };
  return withBookings({ places, residents: WARM_UP + BOOKINGS }, async (under, world) => {
    say('Signing grants');
    const callers = await makeCallers(under, world.residents);
    const slotOf = (index: number): string => world.slots[(index * 7_919) % SLOTS] ?? '';
    say('Warming up');
    await bookAll(under, callers.slice(0, WARM_UP), slotOf);
    say(`${BOOKINGS} bookings, 64 at a time`);
    const measured = callers.slice(WARM_UP);
    const before = processorTime();
    const { times, booked, seconds, refusals } = await bookAll(under, measured, slotOf);
    const spent = spentEach(before, measured.length);
    for (const [code, count] of refusals) say(`refused: ${code} ${count}`);
    const { oversold, twice, astray } = await countFaults(under.ownerUrl);
    say('The statement alone');
    const limit = await statementLimit(under.ownerUrl, { seconds: LIMIT_SECONDS, slotOf });
    const rate = booked / seconds;
    return {
      bookings_per_s: rounded(rate),
      p50_ms: rounded(percentile(times, 0.5)),
      p99_ms: rounded(percentile(times, 0.99)),
      sql_limit_per_s: rounded(limit),
      ratio: rounded(rate / limit),
      oversold,
      double_booked: twice,
      counts_astray: astray,
      refused: BOOKINGS - booked,
      ...spent,
    };
  });
}

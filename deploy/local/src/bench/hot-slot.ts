import { bookSlot } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { bookAll } from './booking.ts';
import type { Caller } from './booking-world.ts';
import {
  asOwner,
  countFaults,
  makeCallers,
  moreSlots,
  statementLimit,
  withBookings,
} from './booking-world.ts';
import { percentile, rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { say } from './with-service.ts';

const CALLERS = 5_000;
const SEATS = 1_000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 20);
const UNIFORM = 20_000;
const UNIFORM_SLOTS = 10_000;
const LIMIT_SECONDS = 8;

type Round = { winners: number; full: number; others: number; seconds: number };

/** All callers at once for one slot; every one is answered, booked or full. */
async function rush(
  under: ServiceUnderTest,
  callers: readonly Caller[],
  slotId: string,
): Promise<Round> {
  const start = performance.now();
  const codes = await Promise.all(
    callers.map(async ({ residentId, ...me }) => {
      const answer = await under.call(
        bookSlot,
        { residentId, doseNumber: 1, slotId },
        { ...me, idempotencyKey: newId() },
      );
      return answer.ok ? 'booked' : answer.refusal.code;
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  const winners = codes.filter((code) => code === 'booked').length;
  const full = codes.filter((code) => code === 'slot_full').length;
  return { winners, full, others: CALLERS - winners - full, seconds };
}

const bookedOn = (ownerUrl: string, slotId: string): Promise<Set<string>> =>
  asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'SELECT resident_id AS id FROM reservation WHERE slot_id = $1',
      [slotId],
    );
    return new Set(rows.map(({ id }) => id));
  });

/**
 * 5,000 callers at once for one slot of 1,000 seats, twenty fresh slots in turn; against the statement
 * alone, one row over 64 connections, and against our own rate on 10,000 slots.
 */
export async function hotSlot(): Promise<Record<string, number>> {
  const places = { venues: 50, slots: UNIFORM_SLOTS, capacity: 100 };
  const residents = CALLERS + ROUNDS * SEATS + UNIFORM;
  return withBookings({ places, residents }, async (under, world) => {
    say('Signing grants');
    const everybody = await makeCallers(under, world.residents);
    const one = { venues: 1, capacity: SEATS };
    const slots = await moreSlots(under.ownerUrl, { ...one, slots: ROUNDS });
    const uniform = everybody.splice(0, UNIFORM);
    say('Our own rate on many slots');
    const slotOf = (index: number): string => world.slots[(index * 7_919) % UNIFORM_SLOTS] ?? '';
    const spread = await bookAll(under, uniform, slotOf);
    const rounds: Round[] = [];
    let waiting = everybody;
    for (const slotId of slots) {
      const round = await rush(under, waiting.slice(0, CALLERS), slotId);
      rounds.push(round);
      // Who lost calls again in the next round.
      const booked = await bookedOn(under.ownerUrl, slotId);
      waiting = waiting.filter(({ residentId }) => !booked.has(residentId));
      say(`${round.winners} of ${CALLERS} in ${rounded(round.seconds)} s`);
    }
    const { oversold, twice, astray } = await countFaults(under.ownerUrl);
    say('The statement alone, one row');
    const [wide = ''] = await moreSlots(under.ownerUrl, {
      venues: 2,
      slots: 1,
      capacity: 1_000_000,
    });
    const limit = await statementLimit(under.ownerUrl, {
      seconds: LIMIT_SECONDS,
      slotOf: () => wide,
    });
    const rates = rounds.map(({ winners, full, seconds }) => (winners + full) / seconds);
    const rate = percentile(rates, 0.5);
    return {
      bookings_per_s: rounded(rate),
      winners_per_s: rounded(
        percentile(
          rounds.map((one) => one.winners / one.seconds),
          0.5,
        ),
      ),
      rowlock_limit_per_s: rounded(limit),
      ratio: rounded(rate / limit),
      hot_to_uniform: rounded(rate / (spread.booked / spread.seconds)),
      winners: Math.min(...rounds.map(({ winners }) => winners)),
      most_winners: Math.max(...rounds.map(({ winners }) => winners)),
      unanswered: rounds.reduce((sum, { others }) => sum + others, 0),
      oversold,
      double_booked: twice,
      counts_astray: astray,
    };
  });
}

import { bookSlot } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { Caller } from './booking-world.ts';
import { countFaults, makeCallers, withBookings } from './booking-world.ts';
import { processorTime, spentEach } from './processor-time.ts';
import { percentile, rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { say } from './with-service.ts';

const VENUES = 30;
const SLOTS = 3_000;
const CAPACITY = 25;
const PLACES = SLOTS * CAPACITY;
const CALLERS = Number(process.env['BENCH_CALLERS'] ?? 200_000);
/** Requests under way at once: what comes beyond it waits in front of the door, as browsers do. */
const AT_ONCE = 1_000;
/** A caller whose slot is full asks for another, this many times. */
const TRIES = 40;

/** Where a caller tries: a slot of their own choice first, then the ones after it. */
const choice = (index: number, attempt: number): number => (index * 7_919 + attempt * 37) % SLOTS;

type Ask = { answer: string; sent: number };

async function askFor(
  under: ServiceUnderTest,
  { residentId, ...me }: Caller,
  slotId: string,
): Promise<Ask> {
  const idempotencyKey = newId();
  const sent = performance.now();
  for (;;) {
    const answer = await under.call(
      bookSlot,
      { residentId, doseNumber: 1, slotId },
      { ...me, idempotencyKey },
    );
    if (answer.ok) return { answer: 'booked', sent };
    const wait = answer.refusal.details?.['retryAfterMs'];
    if (typeof wait !== 'number') return { answer: answer.refusal.code, sent };
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** Lets everybody in until the last place is gone. */
async function openDoors(
  under: ServiceUnderTest,
  callers: readonly Caller[],
  slots: readonly string[],
) {
  const times: number[] = [];
  const acknowledged = new Set<string>();
  let next = 0;
  let asked = 0;
  let lastPlace = 0;
  const start = performance.now();
  const visitor = async (): Promise<void> => {
    while (acknowledged.size < PLACES && next < callers.length) {
      const index = next++;
      const caller = callers[index];
      if (!caller) return;
      for (let attempt = 0; attempt < TRIES && acknowledged.size < PLACES; attempt += 1) {
        asked += 1;
        const { answer, sent } = await askFor(under, caller, slots[choice(index, attempt)] ?? '');
        times.push(performance.now() - sent);
        if (answer === 'booked') {
          acknowledged.add(caller.residentId);
          lastPlace = performance.now();
        }
        if (answer !== 'slot_full') break;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visitor));
  return { acknowledged, asked, times, seconds: (lastPlace - start) / 1_000 };
}

/**
 * 75,000 places at 30 venues opened at once and asked for by 200,000 callers until all are gone, as in
 * Yokohama on 3 May 2021, where 2,588 were booked in the first 45 minutes.
 */
export async function yokohama(): Promise<Record<string, number>> {
  const places = { venues: VENUES, slots: SLOTS, capacity: CAPACITY };
  return withBookings({ places, residents: CALLERS }, async (under, world) => {
    say(`Signing ${CALLERS} grants`);
    const callers = await makeCallers(under, world.residents);
    say('Doors open');
    const before = processorTime();
    const run = await openDoors(under, callers, world.slots);
    const spent = spentEach(before, run.asked);
    const { oversold, twice, astray, residents } = await countFaults(under.ownerUrl);
    const lost = [...run.acknowledged].filter((id) => !residents.has(id)).length;
    return {
      seconds: rounded(run.seconds),
      booked: run.acknowledged.size,
      places: PLACES,
      asked: run.asked,
      bookings_per_s: rounded(run.acknowledged.size / run.seconds),
      p50_ms: rounded(percentile(run.times, 0.5)),
      p99_ms: rounded(percentile(run.times, 0.99)),
      oversold,
      double_booked: twice,
      lost,
      counts_astray: astray,
      ...spent,
    };
  });
}

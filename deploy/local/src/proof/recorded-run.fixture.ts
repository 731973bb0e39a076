import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { Call } from '@madoguchi/messaging';
import { seedAlone } from '@madoguchi/reservations/seed-demo/seed-alone';
import { reservations } from '@madoguchi/reservations/service';
import { recordCalls } from '@madoguchi/testing/record-calls';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import type { Caller } from './callers.ts';
import { INSERT_RESIDENTS, newResidents, serve } from './callers.ts';
import { recordedCompany } from './recorded-company.fixture.ts';

const SEATS = 3;
type Seat = { venueCode: string; day: string; at: string; until: string };
type Taken = { reservationId: string; confirmationNumber: string };

/** The commands of one caller, each under a key of its own. */
function asking(call: Call) {
  const key = () => ({ idempotencyKey: newId() });
  return {
    book: async ({ residentId, me }: Caller, seat: { slotId: string } | { holdId: string }) => {
      const keyed = { ...me, ...key() };
      const command = { residentId, doseNumber: 1, ...seat };
      const answer = await call(contract.bookSlot, command, keyed);
      // The line dropped: the same again under the same key.
      await call(contract.bookSlot, command, keyed);
      return answer.ok ? (answer.value as Taken) : undefined;
    },
    hold: async ({ residentId, me }: Caller, slotId: string) => {
      const command = { residentId, slotId, doseNumber: 1 };
      const answer = await call(contract.holdSlot, command, { ...me, ...key() });
      return answer.ok ? answer.value.holdId : undefined;
    },
    release: ({ residentId, me }: Caller, holdId: string) =>
      call(contract.releaseHold, { residentId, holdId }, me),
    change: ({ residentId, me }: Caller, reservationId: string, slotId: string) =>
      call(contract.changeReservation, { residentId, reservationId, slotId }, { ...me, ...key() }),
    queue: async ({ residentId, me }: Caller, seat: Seat | undefined) => {
      if (!seat) throw new Error('no such slot');
      const { venueCode, day, at: timeFrom, until: timeTo } = seat;
      // This slot only.
      const place = { venueCode, from: day, to: day, timeFrom, timeTo };
      const command = { residentId, reach: 'web' as const, doseNumber: 1, ...place };
      const answer = await call(contract.joinWaitingList, command, { ...me, ...key() });
      return answer.ok ? answer.value.entryId : undefined;
    },
    cancel: ({ residentId, me }: Caller, reservationId: string) =>
      call(
        contract.cancelReservation,
        { residentId, reservationId, reason: 'own-wish' },
        { ...me, ...key() },
      ),
  };
}

/**
 * A short run of every command on slots of three seats, recorded, over services that are stopped at
 * its end: one slot full, one with a seat freed and taken again, holds booked, released and left.
 */
export async function recordedRun() {
  const world = await testWorld();
  const service = await world.start(reservations);
  await seedAlone(service.runtime);
  const slots = await world.sql<{ id: string }>(
    'reservations',
    `UPDATE slot SET capacity = ${SEATS}, phone_quota = ${SEATS}, web_quota = 0, walk_in_quota = 0 WHERE id IN
       (SELECT id FROM slot WHERE day > $1 ORDER BY id LIMIT 5) RETURNING id`,
    [addDays(tokyoDate(new Date()), 1)],
  );
  const [full = '', freed = '', other = '', held = '', queued = ''] = slots.map(({ id }) => id);
  const residents = newResidents(17);
  await world.sql('reservations', INSERT_RESIDENTS, [residents]);
  const callers = await Promise.all(residents.map((id) => serve(world, id)));
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-record-'));
  const recorder = recordCalls(join(folder, 'run.ndjson'));
  const { book, hold, release, change, cancel, queue } = asking(recorder.wrap(world.call));
  recorder.note({
    happened: 'told',
    residents: residents.map((residentId) => ({ residentId, version: 1 })),
  });

  // Five ask for three seats at once.
  await Promise.all(callers.slice(0, 5).map((one) => book(one, { slotId: full })));
  const [a, b, c, d, e, f] = callers.slice(5, 11) as [
    Caller,
    Caller,
    Caller,
    Caller,
    Caller,
    Caller,
  ];
  const first = await book(a, { slotId: freed });
  await Promise.all([b, c].map((one) => book(one, { slotId: freed })));
  await book(d, { slotId: freed });
  await cancel(a, first?.reservationId ?? '');
  const moved = await book(d, { slotId: freed });
  await change(d, moved?.reservationId ?? '', other);
  const kept = await hold(e, held);
  await book(e, { holdId: kept ?? '' });
  await release(f, (await hold(f, held)) ?? '');
  const left = await hold(callers[11] as Caller, held);
  const [g, h, i, head, second] = callers.slice(12) as [Caller, Caller, Caller, Caller, Caller];
  const gone = await book(g, { slotId: queued });
  await Promise.all([h, i].map((one) => book(one, { slotId: queued })));
  const [seat] = await world.sql<Seat>(
    'reservations',
    `SELECT venue_code AS "venueCode", day::text AS day, starts_at AS at, ends_at AS until FROM slot WHERE id = $1`,
    [queued],
  );
  const waiting = [await queue(head, seat), await queue(second, seat)];
  await cancel(g, gone?.reservationId ?? '');
  await eventually('the freed seat to be offered', async () => {
    const offers = await world.sql('reservations', 'SELECT 1 FROM waitlist_offer');
    return offers.length > 0;
  });
  const company = await recordedCompany(world, recorder.wrap(world.call));
  await recorder.close();
  await service.stop();
  return {
    world,
    record: recorder.path,
    /** Ids that a planted fault needs. */
    slots: { full, freed, other, held, queued },
    /** Entries of the waiting list; the first one has an offer. */
    waiting: waiting.map((id) => id ?? ''),
    cancelled: first?.reservationId ?? '',
    changed: moved?.reservationId ?? '',
    leftHold: left ?? '',
    company,
  };
}

import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { remindBookings } from './remind-bookings.ts';

let late = 0;
let world: ReservationsWorld;
const today = tokyoDate(new Date());
beforeAll(async () => {
  world = await reservationsWorld({ clock: { now: () => new Date(Date.now() + late) } });
});
afterAll(() => world.stop());

const inDays = async (days: number) => (await world.freeSlots(addDays(today, days), 1))[0] ?? '';
const told = (reservationId: string) =>
  world.sql<{ payload: Record<string, unknown> }>(
    `SELECT payload FROM relay.outbox WHERE aggregate_id = $1 AND subject = $2`,
    [reservationId, contract.reminderDue.subject],
  );
/** As by several processes at once, on a later day. */
async function remindOn(days: number): Promise<void> {
  late = days * 86_400_000;
  await Promise.all([1, 2, 3].map(() => remindBookings(world.runtime)()));
}

describe('a reminder', () => {
  it('is told once for a booked day, so many days before, in opaque ids', async () => {
    const { residentId, reservationId } = await world.book(await inDays(10));
    await remindOn(6);
    expect(await told(reservationId)).toEqual([]);
    await remindOn(7);
    await remindOn(8);
    expect((await told(reservationId)).map((row) => row.payload)).toEqual([
      { reservationId, residentId, doseNumber: 1, date: addDays(today, 10) },
    ]);
  });

  it('comes again for another day, and not for what was cancelled or booked late', async () => {
    late = 0;
    const [moved, cancelled, soon] = [
      await world.book(await inDays(11)),
      await world.book(await inDays(11)),
      await world.book(await inDays(2)),
    ];
    const ask = async (operation: contract.AnyOperation, residentId: string, request: object) =>
      world.call(
        operation,
        { residentId, ...request },
        {
          ...(await world.serving(residentId)),
          idempotencyKey: newId(),
        },
      );
    const { reservationId } = cancelled;
    await ask(contract.cancelReservation, cancelled.residentId, {
      reservationId,
      reason: 'own-wish',
    });
    await remindOn(0);
    expect(await told(soon.reservationId)).toEqual([]);
    await remindOn(9);
    expect(await told(moved.reservationId)).toHaveLength(1);
    expect(await told(reservationId)).toEqual([]);
    const slotId = await inDays(30);
    const change = { reservationId: moved.reservationId, slotId };
    expect(await ask(contract.changeReservation, moved.residentId, change)).toMatchObject({
      ok: true,
    });
    await remindOn(28);
    const days = (await told(moved.reservationId)).map((row) => String(row.payload['date']));
    expect(days.toSorted()).toEqual([addDays(today, 11), addDays(today, 30)]);
  });

  it('does not call people to a session that was closed, or a venue that is shut; a reopened one does', async () => {
    late = 0;
    const { reservationId } = await world.book(await inDays(13));
    const [slot] = await world.sql<{ id: string; venue: string; day: string }>(
      `SELECT s.id, s.venue_code AS venue, s.day::text AS day FROM slot s JOIN reservation r ON r.slot_id = s.id
       WHERE r.id = $1`,
      [reservationId],
    );
    const close = (closed: boolean) =>
      world.sql('UPDATE slot SET closed = $2 WHERE id = $1', [slot?.id, closed]);
    const shut = (days: string[]) =>
      world.sql('UPDATE venue SET closed_days = $2::date[] WHERE code = $1', [slot?.venue, days]);
    await close(true);
    await remindOn(11);
    expect(await told(reservationId)).toEqual([]);
    await close(false);
    await shut([slot?.day ?? '']);
    await remindOn(11);
    expect(await told(reservationId)).toEqual([]);
    await shut([]);
    await remindOn(11);
    expect(await told(reservationId)).toHaveLength(1);
  });
});

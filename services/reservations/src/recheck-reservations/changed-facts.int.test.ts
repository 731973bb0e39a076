import * as contract from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { itself } from '@madoguchi/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followDoses } from '../copies/follow-doses.ts';
import { followResidents } from '../copies/follow-residents.ts';
import { DEMO_PRODUCT } from '../seed-demo/seed-demo.ts';
import { settleWorkItems } from '../settle-work-items/settle-work-items.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { recheckReservations } from './recheck-reservations.ts';

let late = 0;
let world: ReservationsWorld;
/** The job, after the time for which it leaves those alone who book just now. */
const recheck = (): Promise<void> => {
  late += 11_000;
  return recheckReservations(world.runtime)();
};
beforeAll(async () => {
  world = await reservationsWorld({ clock: { now: () => new Date(Date.now() + late) } });
});
afterAll(() => world.stop());

const today = tokyoDate(new Date());
const inTransaction = (work: (tx: Transaction) => Promise<void>) =>
  world.runtime.database.transaction(itself(world.runtime), work);

/** What the registry tells of somebody: until when they live here. */
const told = (residentId: string, version: number, to: string | null) =>
  inTransaction((tx) =>
    followResidents(world.runtime.clock)(
      {
        payload: {
          residents: [
            {
              residentId,
              version,
              dateOfBirth: '1960-01-01',
              residency: [{ from: '1960-01-01', to }],
              refer: false,
            },
          ],
        },
      } as unknown as ReceivedEvent<typeof contract.residentsChanged>,
      tx,
    ),
  );
const given = (residentId: string) =>
  inTransaction((tx) =>
    followDoses(world.runtime.clock)(
      {
        payload: {
          doses: [
            {
              doseId: newId(),
              residentId,
              version: 1,
              doseNumber: 1,
              vaccinationDate: addDays(today, -1),
              productCode: DEMO_PRODUCT,
            },
          ],
        },
      } as unknown as ReceivedEvent<typeof contract.dosesRecorded>,
      tx,
    ),
  );
const itemsOf = (reservationId: string) =>
  world.sql<{ kind: string; state: string; reason: string; outcome: string | null }>(
    'SELECT kind, state, reason, outcome FROM work_item WHERE reservation_id = $1 ORDER BY created_at, id',
    [reservationId],
  );
const slot = async (days: number) => (await world.freeSlots(addDays(today, days), 1))[0] ?? '';
const cancel = async (residentId: string, reservationId: string) =>
  world.call(
    contract.cancelReservation,
    { residentId, reservationId, reason: 'own-wish' },
    { ...(await world.serving(residentId)), idempotencyKey: newId() },
  );

describe('whoever is booked', () => {
  it('and dies or moves away is to be called about, once; nothing is cancelled', async () => {
    const { residentId, reservationId } = await world.book(await slot(9));
    const stays = await world.book(await slot(9));
    await told(residentId, 2, addDays(today, 5));
    await told(stays.residentId, 2, addDays(today, 15));
    await Promise.all([1, 2].map(() => recheck()));
    expect(await itemsOf(reservationId)).toMatchObject([
      { kind: 'callback', state: 'open', reason: 'not_resident_on_day' },
    ]);
    expect(await itemsOf(stays.reservationId)).toEqual([]);
    const [row] = await world.sql('SELECT state FROM reservation WHERE id = $1', [reservationId]);
    expect(row).toEqual({ state: 'booked' });
    await told(residentId, 3, addDays(today, 4));
    await recheck();
    expect(await itemsOf(reservationId)).toHaveLength(1);
    // The registry was wrong.
    await told(residentId, 4, null);
    await recheck();
    expect(await itemsOf(reservationId)).toMatchObject([
      { state: 'done', outcome: 'allowed-again' },
    ]);
  });

  it('and has the dose elsewhere is to be called about, until they gave the seat up themselves', async () => {
    const { residentId, reservationId } = await world.book(await slot(9));
    await given(residentId);
    await recheck();
    expect(await itemsOf(reservationId)).toMatchObject([
      { kind: 'callback', state: 'open', reason: 'already_vaccinated' },
    ]);
    expect(await cancel(residentId, reservationId)).toMatchObject({ ok: true });
    await settleWorkItems(world.runtime)();
    expect(await itemsOf(reservationId)).toMatchObject([
      { state: 'done', outcome: 'settled-otherwise' },
    ]);
  });

  it('while it is told is judged too: whoever comes second waits for the first', async () => {
    const residentId = await world.resident();
    const slotId = await slot(10);
    let booking: Promise<unknown> = Promise.resolve();
    await inTransaction(async (tx) => {
      // A booking that began before the fact, and has read the copy from before it.
      const query: Query = (text, values) => tx.query(text, values);
      await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 31))', [residentId]);
      booking = told(residentId, 2, addDays(today, 5));
      await new Promise((resolve) => setTimeout(resolve, 300));
      await query(
        `INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
           channel, confirmation_number, booked_by, booked_at)
         VALUES ($1, 'm', $2, 'autumn', 1, $3, 'booked', 'phone', $4, 'test', now())`,
        [newId(), residentId, slotId, newId()],
      );
      await query(
        'UPDATE slot SET booked = booked + 1, phone_taken = phone_taken + 1 WHERE id = $1',
        [slotId],
      );
    });
    await booking;
    expect(
      await world.sql('SELECT 1 FROM recheck_resident WHERE resident_id = $1', [residentId]),
    ).toHaveLength(1);
  });
});

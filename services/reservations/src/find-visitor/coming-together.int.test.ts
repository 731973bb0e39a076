import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300045';
// Tomorrow, whenever the tests run.
const visitDay = addDays(tokyoDate(new Date()), 1);
let late = 0;
const clock = { now: () => new Date(Date.now() + late) };
let world: ReservationsWorld;
let slots: { id: string; starts_at: string }[];
beforeAll(async () => {
  world = await reservationsWorld({ clock });
  slots = await world.slotsAt(VENUE, visitDay);
  await world.setSeats(
    slots.map(({ id }) => id),
    4,
  );
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const venueDay = async () => {
  late = tokyoInstant(visitDay, '08:50').getTime() - Date.now();
  const actor = await world.actor('venue-staff', { venueCodes: [VENUE] });
  const permit = await world.permit(actor.id, { kind: 'venue-visit' });
  return { actorToken: actor.token, permit: permit.token };
};
const lookUp = async (confirmationNumber: string) => {
  const found = await world.call(
    contract.findVisitor,
    { venueCode: VENUE, confirmationNumber, dateOfBirth: '1960-01-01' },
    await venueDay(),
  );
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value.together.map((one) => one.confirmationNumber);
};

/** Somebody with a booking of the day, and so many others who sit beside them. */
async function party(place: number, companions: number) {
  late = 0;
  const { residentId, reservationId } = await world.book(slots[place]?.id ?? '');
  const others = await Promise.all(Array.from({ length: companions }, () => world.resident()));
  const me = await world.servingAll([residentId, ...others]);
  const beside: { residentId: string; reservationId: string; number: string }[] = [];
  for (const other of others) {
    const booked = await world.call(
      contract.bookCompanion,
      { residentId: other, doseNumber: 1, besideReservationId: reservationId },
      { ...me, ...key() },
    );
    if (!booked.ok) throw new Error(booked.refusal.code);
    const { reservationId: id, confirmationNumber: number } = booked.value;
    beside.push({ residentId: other, reservationId: id, number });
  }
  const [row] = await world.sql<{ number: string }>(
    'SELECT confirmation_number AS number FROM reservation WHERE id = $1',
    [reservationId],
  );
  return { residentId, reservationId, number: row?.number ?? '', me, beside };
}

describe('who comes together, at the entrance of the venue', () => {
  it('is shown with either of them and marked at once, but for protected people', async () => {
    const { residentId, number, beside } = await party(0, 2);
    const [companion, kept] = beside;
    await world.sql('UPDATE resident_copy SET refer = true WHERE resident_id = $1', [
      kept?.residentId,
    ]);
    expect(await lookUp(number)).toEqual([companion?.number]);
    expect(await lookUp(companion?.number ?? '')).toEqual([number]);
    const [looked] = await world.sql<{ residents: string[] }>(
      `SELECT entry->'residents' AS residents FROM relay.audit_entry
       WHERE entry->>'operation' = 'reservations.find-visitor' LIMIT 1`,
    );
    expect(new Set(looked?.residents)).toEqual(new Set([residentId, companion?.residentId]));
    const marked = await world.call(
      contract.recordAttendance,
      {
        venueCode: VENUE,
        outcome: 'attended',
        confirmationNumber: companion?.number ?? '',
        expectedVersion: 1,
      },
      { ...(await venueDay()), ...key() },
    );
    expect(marked).toMatchObject({ ok: true, value: { version: 2 } });
  });

  it('is nobody who cancelled, or moved to another day', async () => {
    const { number, me, beside } = await party(1, 2);
    const [gone, moved] = beside;
    const cancelled = await world.call(
      contract.cancelReservation,
      {
        residentId: gone?.residentId ?? '',
        reservationId: gone?.reservationId ?? '',
        reason: 'own-wish',
      },
      { ...me, ...key() },
    );
    expect(cancelled).toMatchObject({ ok: true });
    const [elsewhere] = await world.freeSlots(addDays(visitDay, 3), 1);
    const changed = await world.call(
      contract.changeReservation,
      {
        residentId: moved?.residentId ?? '',
        reservationId: moved?.reservationId ?? '',
        slotId: elsewhere ?? '',
      },
      { ...me, ...key() },
    );
    expect(changed).toMatchObject({ ok: true });
    expect(await lookUp(number)).toEqual([]);
  });

  it('is a family that was booked at once, too', async () => {
    late = 0;
    const family = await Promise.all([world.resident(), world.resident(), world.resident()]);
    const booked = await world.call(
      contract.bookGroup,
      {
        members: family.map((residentId) => ({ residentId, doseNumber: 1 })),
        slotId: slots[3]?.id ?? '',
        spanMinutes: 20,
      },
      { ...(await world.servingAll(family)), ...key() },
    );
    if (!booked.ok) throw new Error(booked.refusal.code);
    const numbers = booked.value.bookings.map((one) => one.confirmationNumber);
    expect(numbers).toHaveLength(3);
    const [first = '', second = '', third = ''] = numbers;
    expect(new Set(await lookUp(second))).toEqual(new Set([first, third]));
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

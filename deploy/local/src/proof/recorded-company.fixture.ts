import * as contract from '@madoguchi/contracts';
import { newId, tokyoDate } from '@madoguchi/kernel';
import type { Call } from '@madoguchi/messaging';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { INSERT_RESIDENTS, newResidents, serve, serveAll, serveAtVenue } from './callers.ts';

const FAMILY = 6;
const SPAN_MINUTES = 60;

/** A day of one venue in the order of its times; later ones than those that the rest of the run uses. */
const SLOTS = /* sql */ `
SELECT id, venue_code AS "venueCode" FROM slot WHERE (venue_code, day) =
  (SELECT venue_code, day FROM slot WHERE day > $1 AND booked + held = 0 AND capacity > 3
   GROUP BY 1, 2 ORDER BY 2 DESC, 1 LIMIT 1) ORDER BY starts_at`;

/** The days on which second doses are found. */
const EARLIER = /* sql */ `
SELECT id FROM slot WHERE day = (SELECT min(day) FROM slot WHERE day > $1) AND booked + held = 0 AND capacity > 3
ORDER BY starts_at DESC, id LIMIT 1`;

/** A pair, a family over two slots, a companion beside, and somebody who came: recorded as the rest of the run. */
export async function recordedCompany(world: TestWorld, call: Call) {
  const sql = <Row>(text: string, values: unknown[] = []) =>
    world.sql<Row>('reservations', text, values);
  const today = tokyoDate(new Date());
  const [first, second, , third] = await sql<{ id: string; venueCode: string }>(SLOTS, [today]);
  const [early] = await sql<{ id: string }>(EARLIER, [today]);
  const residents = newResidents(FAMILY + 4);
  await sql(INSERT_RESIDENTS, [residents]);
  const [both = '', one = '', beside = '', visitor = '', ...family] = residents;
  const key = () => ({ idempotencyKey: newId() });
  const done = <T>(
    answer: { ok: true; value: T } | { ok: false; refusal: { code: string } },
  ): T => {
    if (!answer.ok) throw new Error(answer.refusal.code);
    return answer.value;
  };

  const pairing = await serve(world, both);
  const pair = { residentId: both, slotId: early?.id ?? '' };
  const doses = done(await call(contract.bookPair, pair, { ...pairing.me, ...key() })).bookings;

  const members = family.map((residentId) => ({ residentId, doseNumber: 1 }));
  const visit = { members, slotId: first?.id ?? '', spanMinutes: SPAN_MINUTES };
  const together = { ...(await serveAll(world, family)).me, ...key() };
  const seated = done(await call(contract.bookGroup, visit, together)).bookings;

  const two = (await serveAll(world, [one, beside])).me;
  const alone = { residentId: one, doseNumber: 1, slotId: third?.id ?? '' };
  const booked = done(await call(contract.bookSlot, alone, { ...two, ...key() }));
  const company = {
    residentId: beside,
    doseNumber: 1,
    besideReservationId: booked.reservationId,
  };
  done(await call(contract.bookCompanion, company, { ...two, ...key() }));

  const coming = { residentId: visitor, doseNumber: 1, slotId: second?.id ?? '' };
  const { me } = await serve(world, visitor);
  const { confirmationNumber } = done(await call(contract.bookSlot, coming, { ...me, ...key() }));
  // The day has come.
  await sql(`UPDATE slot SET day = $2, starts_at = '23:50', ends_at = '23:59' WHERE id = $1`, [
    coming.slotId,
    today,
  ]);
  const staff = await serveAtVenue(world, visitor);
  const mark = {
    venueCode: second?.venueCode ?? '',
    outcome: 'attended' as const,
    confirmationNumber,
  };
  const { reservationId } = done(
    await call(contract.recordAttendance, mark, { ...staff.me, ...key() }),
  );
  return {
    pair: doses.map((dose) => ({ id: dose.reservationId, slotId: dose.slot.slotId })),
    family: seated.map((seat) => ({ id: seat.reservationId, slotId: seat.slot.slotId })),
    /** The slot beside which a companion sits. */
    besideSlot: alone.slotId,
    visited: reservationId,
  };
}

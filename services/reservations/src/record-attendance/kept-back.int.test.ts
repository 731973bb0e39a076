import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300045';
const NOBODYS = '123-456-788';
const visitDay = addDays(tokyoDate(new Date()), 1);
let late = 0;
let world: ReservationsWorld;
let slots: { id: string }[];
beforeAll(async () => {
  world = await reservationsWorld({ clock: { now: () => new Date(Date.now() + late) } });
  slots = await world.slotsAt(VENUE, visitDay);
});
afterAll(() => world.stop());

/** On the day, before the first slot begins. */
const onTheDay = (): void => void (late = tokyoInstant(visitDay, '08:00').getTime() - Date.now());
const atWork = async (role: 'venue-staff' | 'city-staff') => {
  const actor = await world.actor(role, role === 'venue-staff' ? { venueCodes: [VENUE] } : {});
  const permit = await world.permit(actor.id, { kind: 'venue-visit' });
  return { actorToken: actor.token, permit: permit.token, caseId: permit.caseId };
};
type AtWork = Awaited<ReturnType<typeof atWork>>;

let place = 0;
/** Somebody with a booking of the day, as the registry tells of them since. */
async function booked(since?: string) {
  late = 0;
  place += 1;
  const { residentId, reservationId } = await world.book(slots[place]?.id ?? '');
  if (since !== undefined) await world.sql(since, [residentId]);
  const [row] = await world.sql<{ number: string }>(
    'SELECT confirmation_number AS number FROM reservation WHERE id = $1',
    [reservationId],
  );
  onTheDay();
  return { residentId, reservationId, number: row?.number ?? '' };
}
const find = (me: AtWork, confirmationNumber: string) =>
  world.call(
    contract.findVisitor,
    { venueCode: VENUE, confirmationNumber, dateOfBirth: '1960-01-01' },
    me,
  );
const mark = (me: AtWork, confirmationNumber: string) =>
  world.call(
    contract.recordAttendance,
    { venueCode: VENUE, outcome: 'attended', confirmationNumber },
    { ...me, idempotencyKey: newId() },
  );
const stateOf = async (id: string) =>
  (await world.sql('SELECT state, version FROM reservation WHERE id = $1', [id]))[0];
const guesses = ({ caseId }: AtWork) =>
  world.sql(`SELECT 1 FROM budget_use WHERE kind = 'number-guessing' AND subject = $1`, [caseId]);

const KEPT_BACK = [
  ['a protected person', 'UPDATE resident_copy SET refer = true WHERE resident_id = $1'],
  [
    'who moved away before the day',
    `UPDATE resident_copy SET residency = jsonb_build_array(jsonb_build_object('from', '1960-01-01', 'to', '${visitDay}'))
     WHERE resident_id = $1`,
  ],
  ['who never lived here', `UPDATE resident_copy SET residency = '[]' WHERE resident_id = $1`],
  ['of whom the registry has not told', 'DELETE FROM resident_copy WHERE resident_id = $1'],
] as const;

describe('at the entrance (B57)', () => {
  it.each(KEPT_BACK)(
    '%s is as good as nobody to who works there, found or marked, and is marked by the city',
    async (_who, since) => {
      const { number, reservationId } = await booked(since);
      const [me, other] = [await atWork('venue-staff'), await atWork('venue-staff')];
      const theirs = [await find(me, number), await mark(me, number)];
      const nobodys = [await find(other, NOBODYS), await mark(other, NOBODYS)];
      expect(theirs).toEqual(nobodys);
      expect(theirs).toEqual(
        theirs.map(() => ({ ok: false, refusal: { code: 'reservation_not_found' } })),
      );
      expect([await guesses(me), await guesses(other)].map(({ length }) => length)).toEqual([2, 2]);
      expect(await stateOf(reservationId)).toEqual({ state: 'booked', version: 1 });

      const city = await atWork('city-staff');
      expect(await mark(city, number)).toEqual({
        ok: true,
        value: { reservationId, state: 'attended', version: 2 },
      });
      expect(await guesses(city)).toEqual([]);
      // What the city recorded tells the venue nothing either.
      expect(await mark(me, number)).toEqual(nobodys[1]);
    },
  );

  it('who lives here on the day is found and marked, also where they move away later', async () => {
    const { number } = await booked(
      `UPDATE resident_copy SET residency = jsonb_build_array(jsonb_build_object('from', '1960-01-01', 'to',
         '${addDays(visitDay, 1)}')) WHERE resident_id = $1`,
    );
    const me = await atWork('venue-staff');
    expect([await find(me, number), await mark(me, number)]).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
  });

  it('nobody who is kept back is shown beside whom they come with', async () => {
    const { residentId, reservationId, number } = await booked();
    const companions = [await world.resident(), await world.resident(), await world.resident()];
    late = 0;
    const me = await world.servingAll([residentId, ...companions]);
    for (const companion of companions) {
      const answer = await world.call(
        contract.bookCompanion,
        { residentId: companion, doseNumber: 1, besideReservationId: reservationId },
        { ...me, idempotencyKey: newId() },
      );
      if (!answer.ok) throw new Error(answer.refusal.code);
    }
    const [hidden, moved] = KEPT_BACK;
    await world.sql(hidden[1], [companions[0]]);
    await world.sql(moved[1], [companions[1]]);
    onTheDay();
    const found = await find(await atWork('venue-staff'), number);
    expect(found.ok && found.value.together).toHaveLength(1);
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

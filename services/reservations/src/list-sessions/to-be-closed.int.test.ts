import * as contract from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { whyClosedOn } from '../domain/closing-days.ts';
import { isPublicHoliday } from '../domain/public-holiday.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';
import { bookingAtStake } from '../store/work-item-moves.ts';
import type { WorkItemRow } from '../store/work-item-store.ts';
import { findVenue, whyVenueShutOn } from '../store/venue-store.ts';

let world: ReservationsWorld;
let manager: { actorToken: string };
beforeAll(async () => {
  world = await reservationsWorld();
  manager = { actorToken: (await world.actor('operations-manager')).token };
});
afterAll(() => world.stop());

const venueCode = '1312300011';
const key = () => ({ idempotencyKey: newId() });
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code;
const EVERY_DAY = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const hoursOn = (weekdays: readonly string[]) =>
  JSON.stringify(weekdays.map((weekday) => ({ weekday, opens: '09:00', closes: '17:00' })));

type Calendar = {
  hours?: string;
  holidays?: boolean;
  closedDays?: string[];
  from?: string;
  to?: string | null;
  products?: string[];
};
const setCalendar = (calendar: Calendar = {}) =>
  world.sql(
    `UPDATE venue SET opening_hours = $2::jsonb, closes_on_holidays = $3, closed_days = $4::date[],
       active_from = $5::date, active_to = $6::date, product_codes = $7 WHERE code = $1`,
    [
      venueCode,
      calendar.hours ?? '[]',
      calendar.holidays ?? false,
      calendar.closedDays ?? [],
      calendar.from ?? '2000-01-01',
      calendar.to ?? null,
      calendar.products ?? [],
    ],
  );
beforeEach(() => setCalendar());

describe('closing days in statements', () => {
  it('know the holidays that the rules count by', async () => {
    const rows = await world.sql<{ day: string }>(
      'SELECT day::text AS day FROM public_holiday ORDER BY day',
    );
    const known = new Set(rows.map(({ day }) => day));
    let day = '2020-01-01' as CalendarDate;
    for (; day <= '2050-12-31'; day = addDays(day, 1))
      expect({ day, holiday: known.has(day) }).toEqual({ day, holiday: isPublicHoliday(day) });
  });

  it.each<Calendar>([
    {},
    { hours: hoursOn(['mon', 'tue', 'fri']) },
    { hours: hoursOn(EVERY_DAY), holidays: true },
    { closedDays: ['2026-12-10', '2027-02-03'], holidays: true },
    { from: '2026-12-05', to: '2027-01-20', hours: hoursOn(['wed', 'sat', 'sun']) },
  ])('are those of the rules with %j', async (calendar) => {
    await setCalendar(calendar);
    const { database } = world.service.runtime;
    const venue = await findVenue(database.read, venueCode);
    if (!venue) throw new Error('no venue');
    const rows = await world.sql<{ day: CalendarDate; why: string | null }>(
      `SELECT e.day::text AS day, ${whyVenueShutOn('e')} AS why FROM (
         SELECT $1::text AS venue_code, 'X' AS product_code, d::date AS day
         FROM generate_series('2026-11-01'::date, '2027-05-31'::date, '1 day') d) e`,
      [venueCode],
    );
    expect(rows.length).toBeGreaterThan(200);
    for (const { day, why } of rows)
      expect({ day, why }).toEqual({ day, why: whyClosedOn(venue, day) ?? null });
  });
});

describe('a session whose venue, product or rules were changed later', () => {
  const session = async () => {
    const [row] = await world.sql<{ sessionId: string; slotId: string; day: CalendarDate }>(
      `SELECT session_id AS "sessionId", id AS "slotId", day::text AS day FROM slot s
       WHERE venue_code = $1 AND day > $2::date + 7 AND booked + held = 0 AND NOT closed
         AND NOT EXISTS (SELECT 1 FROM public_holiday f WHERE f.day = s.day)
       ORDER BY day, starts_at LIMIT 1`,
      [venueCode, tokyoDate(new Date())],
    );
    if (!row) throw new Error('no slot');
    return row;
  };
  const listed = async ({ day, sessionId }: { day: string; sessionId: string }) => {
    const request = { venueCode, from: day, to: day };
    const answer = await world.call(contract.listSessions, request, manager);
    return answer.ok ? answer.value.sessions.find((one) => one.sessionId === sessionId) : undefined;
  };
  const holdAt = async (slotId: string) => {
    const residentId = await world.resident();
    return world.call(
      contract.holdSlot,
      { residentId, doseNumber: 1, slotId },
      { ...(await world.serving(residentId)), ...key() },
    );
  };
  const weekday = (day: CalendarDate) => EVERY_DAY[new Date(`${day}T00:00:00Z`).getUTCDay()];

  it.each<[string, (day: CalendarDate) => Calendar]>([
    ['closed-day', (day) => ({ closedDays: [day] })],
    ['weekday', (day) => ({ hours: hoursOn(EVERY_DAY.filter((one) => one !== weekday(day))) })],
    ['venue-inactive', (day) => ({ to: day })],
    ['venue-inactive', (day) => ({ from: addDays(day, 1) })],
    ['product-not-given', () => ({ products: ['OTHER'] })],
  ])('is to be closed and gives no seat: %s', async (why, calendar) => {
    const at = await session();
    expect(await listed(at)).not.toHaveProperty('toBeClosed');
    await setCalendar(calendar(at.day));
    expect(await listed(at)).toMatchObject({ state: 'open', toBeClosed: why });
    expect(codeOf(await holdAt(at.slotId))).toBe('slot_closed');
    await setCalendar();
    expect((await holdAt(at.slotId)).ok).toBe(true);
  });

  it('is to be closed on a holiday that its venue keeps from now on', async () => {
    const at = await session();
    await world.sql('INSERT INTO public_holiday (day) VALUES ($1)', [at.day]);
    await setCalendar({ holidays: true });
    expect(await listed(at)).toMatchObject({ toBeClosed: 'holiday' });
    expect(codeOf(await holdAt(at.slotId))).toBe('slot_closed');
    await world.sql('DELETE FROM public_holiday WHERE day = $1', [at.day]);
  });

  it('is to be closed when every rule of its product has ended by then', async () => {
    const at = await session();
    const endAt = (day: string) =>
      world.sql(
        `UPDATE rulebook_copy SET rules = jsonb_set(rules, '{doseRules}', (
           SELECT jsonb_agg(rule || jsonb_build_object('validTo', $1::text))
           FROM jsonb_array_elements(rules->'doseRules') rule))`,
        [day],
      );
    await endAt(at.day);
    expect(await listed(at)).toMatchObject({ toBeClosed: 'product-over' });
    await endAt(addDays(at.day, 1));
    expect(await listed(at)).not.toHaveProperty('toBeClosed');
  });

  it('keeps no seat for the list, and no booking as it is', async () => {
    const { slotId, day } = await session();
    const { reservationId, residentId } = await world.book(slotId);
    const waits = await world.resident();
    await setCalendar({ to: day });
    const item = { reservationId, residentId, createdAt: new Date() } as WorkItemRow;
    expect(await bookingAtStake(world.runtime.database.read, item)).toMatchObject({
      booking: { state: 'booked', slotClosed: true },
    });
    const me = await world.serving(waits);
    const joined = await world.call(
      contract.joinWaitingList,
      { residentId: waits, reach: 'web', doseNumber: 1, venueCode, from: day, to: day },
      { ...me, ...key() },
    );
    expect({ joined: joined.ok, code: codeOf(joined) }).toEqual({ joined: true, code: undefined });
    const cancelled = await world.call(
      contract.cancelReservation,
      { residentId, reservationId, reason: 'own-wish' },
      { ...(await world.serving(residentId)), ...key() },
    );
    expect(codeOf(cancelled)).toBeUndefined();
    expect(await world.seatsOf(slotId)).toEqual({ booked: 0, held: 0 });
  });
});

import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { BORN_TOO_LATE, reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300037';
const day = (days: number): string => addDays(tokyoDate(new Date()), days);
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
type Serving = Awaited<ReturnType<ReservationsWorld['servingAll']>>;
type Beside =
  | { besideReservationId: string }
  | { besideConfirmationNumber: string; besideDateOfBirth: string };
/** As who has the number says it: everybody here was born on the same day. */
const byNumber = (number: string, dateOfBirth = '1960-01-01'): Beside => ({
  besideConfirmationNumber: number,
  besideDateOfBirth: dateOfBirth,
});
const join = (me: Serving, residentId: string, beside: Beside, keyed = key()) =>
  world.call(contract.bookCompanion, { residentId, doseNumber: 1, ...beside }, { ...me, ...keyed });
/** Somebody booked at ten o'clock, and all slots of that day with that many seats. */
const atTen = async (days: number, seats: number, residentId?: string) => {
  const slots = await world.slotsAt(VENUE, day(days));
  await world.setSeats(
    slots.map(({ id }) => id),
    seats,
  );
  const ten = slots.find(({ starts_at }) => starts_at === '10:00')?.id ?? '';
  const booked = await world.book(ten, residentId);
  const [row] = await world.sql<{ number: string }>(
    'SELECT confirmation_number AS number FROM reservation WHERE id = $1',
    [booked.reservationId],
  );
  return { ...booked, slots, ten, number: row?.number ?? '' };
};

describe('a companion', () => {
  it('sits on the same slot, beside a resident of the same grant', async () => {
    const { residentId, reservationId, ten } = await atTen(1, 3);
    const companion = await world.resident();
    const me = await world.servingAll([residentId, companion]);
    expect(await join(me, companion, { besideReservationId: reservationId })).toMatchObject({
      ok: true,
      value: { minutesApart: 0, slot: { slotId: ten } },
    });
    expect(await world.seatsOf(ten)).toEqual({ booked: 2, held: 0 });
  });

  it('sits right after, then right before, where the slot is full', async () => {
    const { number } = await atTen(2, 1);
    const apart: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const companion = await world.resident();
      const answer = await join(await world.servingAll([companion]), companion, byNumber(number));
      if (!answer.ok) throw new Error(answer.refusal.code);
      apart.push(answer.value.minutesApart);
    }
    expect(apart).toEqual([10, -10, 20, -20]);
  });

  it('is told when nothing is free near by', async () => {
    const { number, slots, ten } = await atTen(3, 1);
    const near = slots.filter(({ id, starts_at }) => id !== ten && starts_at <= '10:30');
    await world.setSeats(
      near.map(({ id }) => id),
      0,
    );
    const companion = await world.resident();
    const me = await world.servingAll([companion]);
    expect(await join(me, companion, byNumber(number))).toMatchObject({
      refusal: { code: 'no_seat_beside' },
    });
  });

  it('follows the rules: what stands against the person is said, not that no seat is free', async () => {
    const { number } = await atTen(4, 3);
    const companion = await world.resident();
    await world.sql(`UPDATE resident_copy SET date_of_birth = $2 WHERE resident_id = $1`, [
      companion,
      BORN_TOO_LATE,
    ]);
    const me = await world.servingAll([companion]);
    expect(await join(me, companion, byNumber(number))).toMatchObject({
      refusal: { code: 'age_not_eligible' },
    });
  });

  it('finds the number in any notation, and hears of a digit mistyped', async () => {
    const { number } = await atTen(5, 6);
    const digits = number.replaceAll('-', '');
    const fullWidth = digits.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)] ?? '');
    for (const typed of [number, digits, ` ${digits.slice(0, 4)} ${digits.slice(4)} `, fullWidth]) {
      const companion = await world.resident();
      const me = await world.servingAll([companion]);
      expect(await join(me, companion, byNumber(typed))).toMatchObject({
        ok: true,
      });
    }
    const wrong = `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`;
    const companion = await world.resident();
    const me = await world.servingAll([companion]);
    expect(await join(me, companion, byNumber(wrong))).toMatchObject({
      refusal: { code: 'confirmation_number_mistyped' },
    });
  });

  it('leaves in the log that the booking beside was looked at, taken or full', async () => {
    const { residentId, reservationId, number, slots } = await atTen(10, 3);
    const looks = () =>
      world.sql<{ residents: string[] }>(
        `SELECT entry->'residents' AS residents FROM relay.audit_entry
         WHERE entry->>'action' = 'disclosure' AND entry->>'operation' = 'reservations.book-companion'
           AND entry->'detail'->>'besideReservationId' = $1`,
        [reservationId],
      );
    const first = await world.resident();
    const me = await world.servingAll([first]);
    expect(await join(me, first, byNumber(number))).toMatchObject({ ok: true });
    expect(await looks()).toEqual([{ residents: [residentId] }]);
    await world.sql('UPDATE slot SET closed = true WHERE id = ANY($1)', [
      slots.map(({ id }) => id),
    ]);
    const late = await world.resident();
    expect(await join(await world.servingAll([late]), late, byNumber(number))).toMatchObject({
      refusal: { code: 'no_seat_beside' },
    });
    expect(await looks()).toHaveLength(2);
  });

  it('hears the same of a protected person, a cancelled booking and a number of nobody (B57)', async () => {
    const hidden = await world.resident(true);
    const { number } = await atTen(6, 3, hidden);
    const cancelled = await atTen(7, 3);
    await world.call(
      contract.cancelReservation,
      { residentId: cancelled.residentId, reservationId: cancelled.reservationId, reason: 'other' },
      { ...(await world.serving(cancelled.residentId)), ...key() },
    );
    const companion = await world.resident();
    const me = await world.servingAll([companion]);
    const answers = [];
    for (const typed of [number, cancelled.number, '123-456-788'])
      answers.push(await join(me, companion, byNumber(typed)));
    expect(answers).toEqual(
      answers.map(() => ({ ok: false, refusal: { code: 'reservation_not_found' } })),
    );
    const other = await world.book((await world.slotsAt(VENUE, day(8)))[0]?.id ?? '');
    expect(await join(me, companion, { besideReservationId: other.reservationId })).toMatchObject({
      refusal: { code: 'reservation_not_found' },
    });
  });

  it('needs the birth date of who has the number: another one is as good as a number of nobody', async () => {
    const { number, ten } = await atTen(11, 3);
    const companion = await world.resident();
    const me = await world.servingAll([companion]);
    const used = () =>
      world.sql(`SELECT 1 FROM budget_use WHERE kind = 'number-guessing' AND subject = $1`, [
        me.caseId,
      ]);
    expect(await join(me, companion, byNumber(number, '1960-01-02'))).toEqual({
      ok: false,
      refusal: { code: 'reservation_not_found' },
    });
    expect(await used()).toHaveLength(1);
    for (const bare of [{ besideConfirmationNumber: number }, { besideDateOfBirth: '1960-01-01' }])
      expect(await join(me, companion, bare as Beside)).toMatchObject({
        refusal: { code: 'malformed_request' },
      });
    expect(await join(me, companion, byNumber(number))).toMatchObject({
      ok: true,
      value: { slot: { slotId: ten } },
    });
    expect(await used()).toHaveLength(1);
  });

  it('hears of no booking where they take no seat today: it would stand in no log', async () => {
    const { number } = await atTen(12, 3);
    const companion = await world.resident();
    const me = await world.servingAll([companion]);
    await world.sql(
      `INSERT INTO suspicion (id, kind, per, subject, day, raised_at) VALUES ($1, 'hoarding', 'resident', $2, $3, now())`,
      [newId(), companion, day(0)],
    );
    const answers = [
      await join(me, companion, byNumber(number)),
      await join(me, companion, byNumber(number, '1960-01-02')),
    ];
    expect(answers).toEqual(
      answers.map(() => ({ ok: false, refusal: { code: 'seat_budget_exceeded' } })),
    );
  });

  it('cannot try out numbers: the budget of the case ends it, and it is told', async () => {
    const companion = await world.resident();
    const me = await world.servingAll([companion]);
    const codes: string[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const answer = await join(me, companion, byNumber('123-456-788'));
      codes.push(answer.ok ? 'ok' : answer.refusal.code);
    }
    expect(codes).toEqual([
      ...Array.from({ length: 10 }, () => 'reservation_not_found'),
      'rate_limited',
      'rate_limited',
    ]);
    const told = await world.sql(
      `SELECT 1 FROM relay.outbox WHERE subject = 'ev.reservations.misuse.suspected.v1'
       AND payload->>'kind' = 'number-guessing' AND payload->>'subject' = $1`,
      [me.caseId],
    );
    expect(told).toHaveLength(1);
  });

  it('is one, however often the command comes, and the last seats go round once (B22, B23)', async () => {
    const { number, ten } = await atTen(9, 3);
    const keyed = key();
    const companion = await world.resident();
    const me = await world.servingAll([companion]);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => join(me, companion, byNumber(number), keyed)),
    );
    for (const answer of answers)
      if (!answer.ok) expect(answer.refusal.code).toBe('idempotency_in_flight');
    expect((await join(me, companion, byNumber(number), keyed)).ok).toBe(true);
    expect(await join(me, companion, byNumber('123-456-788'), keyed)).toMatchObject({
      refusal: { code: 'idempotency_key_reused' },
    });
    const others = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const one = await world.resident();
        return join(await world.servingAll([one]), one, byNumber(number));
      }),
    );
    expect(others.every((answer) => answer.ok)).toBe(true);
    expect(await world.seatsOf(ten)).toEqual({ booked: 3, held: 0 });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

import * as contract from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { BORN_TOO_LATE, reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300045';
const OTHER_VENUE = '1312300011';
// Tomorrow at ten, whenever the tests run: slots of that day were made and are open till their start.
const visitDay = addDays(tokyoDate(new Date()), 1);
let late = 0;
const clock = { now: () => new Date(Date.now() + late) };
const at = (time: string): void =>
  void (late = tokyoInstant(visitDay, time).getTime() - Date.now());
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld({ clock });
  // Seats that are promised to nobody are there for walk-ins too.
  await world.sql('UPDATE slot SET web_quota = 0');
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
/** Somebody who works at a venue, with an open case there. */
const atVenue = async (
  role: 'venue-staff' | 'city-staff' = 'venue-staff',
  kind: contract.CaseKind = 'venue-visit',
  venueCodes = [VENUE],
) => {
  const actor = await world.actor(role, { venueCodes });
  const permit = await world.permit(actor.id, { kind });
  return { id: actor.id, actorToken: actor.token, permit: permit.token, caseId: permit.caseId };
};
type AtVenue = Awaited<ReturnType<typeof atVenue>>;
const withGrant = async (
  me: AtVenue,
  residentId: string,
  purpose: contract.Purpose = 'venue-day',
  role: contract.Role = 'venue-staff',
) => ({
  ...me,
  grant: await world.grant({
    operatorId: me.id,
    role,
    residents: [residentId],
    purposes: [purpose],
    caseId: me.caseId,
  }),
});
const bookedAt = async (
  startsAt: string,
  options: { venueCode?: string; date?: CalendarDate } = {},
) => {
  late = 0;
  const slots = await world.sql<{ id: string }>(
    `SELECT id FROM slot WHERE venue_code = $1 AND day = $2 AND starts_at = $3`,
    [options.venueCode ?? VENUE, options.date ?? visitDay, startsAt],
  );
  const booked = await world.book(slots[0]?.id ?? '');
  const [row] = await world.sql<{ number: string }>(
    'SELECT confirmation_number AS number FROM reservation WHERE id = $1',
    [booked.reservationId],
  );
  return { ...booked, slotId: slots[0]?.id ?? '', number: row?.number ?? '' };
};
const mark = (
  me: object,
  outcome: 'attended' | 'missed' | 'turned-back',
  which: { confirmationNumber: string } | { reservationId: string },
  more: { expectedVersion?: number; venueCode?: string; idempotencyKey?: string } = {},
) => {
  const { idempotencyKey = newId(), ...asked } = more;
  return world.call(
    contract.recordAttendance,
    { venueCode: VENUE, outcome, ...which, ...asked },
    { ...me, idempotencyKey },
  );
};
const stateOf = async (id: string) =>
  (
    await world.sql<{ state: string; version: number }>(
      'SELECT state, version FROM reservation WHERE id = $1',
      [id],
    )
  )[0];

describe('at the venue, on the day', () => {
  it('a visitor is marked by the number on their paper, in any notation, and keeps the seat', async () => {
    const { reservationId, number, slotId } = await bookedAt('10:00');
    at('09:50');
    const me = await atVenue();
    const typed = number.replaceAll('-', '　');
    expect(await mark(me, 'attended', { confirmationNumber: typed })).toEqual({
      ok: true,
      value: { reservationId, state: 'attended', version: 2 },
    });
    expect(await stateOf(reservationId)).toEqual({ state: 'attended', version: 2 });
    expect(await world.seatsOf(slotId)).toEqual({ booked: 1, held: 0 });
    const told = await world.sql<{ outcome: string }>(
      `SELECT payload->>'outcome' AS outcome FROM relay.outbox
       WHERE subject = 'ev.reservations.reservation.attendance-recorded.v1' AND aggregate_id = $1`,
      [reservationId],
    );
    expect(told).toEqual([{ outcome: 'attended' }]);
  });

  it.each(['venue-staff', 'city-staff'] as const)(
    '%s marks with a grant for the day, and not with another',
    async (role) => {
      const { reservationId, residentId } = await bookedAt('10:10');
      at('10:30');
      const me = await atVenue(role);
      expect(await mark(me, 'turned-back', { reservationId })).toMatchObject({
        refusal: { code: 'grant_required' },
      });
      const wrong = await withGrant(me, residentId, 'reservation', role);
      expect(await mark(wrong, 'turned-back', { reservationId })).toMatchObject({
        refusal: { code: 'reservation_not_found' },
      });
      const stranger = await withGrant(me, await world.resident(), 'venue-day', role);
      expect(await mark(stranger, 'turned-back', { reservationId })).toMatchObject({
        refusal: { code: 'reservation_not_found' },
      });
      const right = await withGrant(me, residentId, 'venue-day', role);
      expect(await mark(right, 'turned-back', { reservationId })).toMatchObject({ ok: true });
    },
  );

  it.each(['operator', 'phone-agent', 'reviewer'] as const)('%s marks nobody', async (role) => {
    const { number } = await bookedAt('10:20');
    at('10:30');
    const actor = await world.actor(role);
    const permit = await world.permit(actor.id, { kind: 'venue-visit' });
    const me = { actorToken: actor.token, permit: permit.token };
    expect(await mark(me, 'attended', { confirmationNumber: number })).toMatchObject({
      refusal: { code: 'not_allowed' },
    });
  });

  it('nobody of another venue, another day or another kind of case is found (B26)', async () => {
    const elsewhere = await bookedAt('10:00', { venueCode: OTHER_VENUE });
    const later = await bookedAt('10:00', { date: addDays(visitDay, 1) });
    const here = await bookedAt('10:30');
    at('10:40');
    const me = await atVenue();
    for (const { number } of [elsewhere, later])
      expect(await mark(me, 'attended', { confirmationNumber: number })).toMatchObject({
        refusal: { code: 'reservation_not_found' },
      });
    const granted = await withGrant(me, later.residentId);
    expect(await mark(granted, 'attended', { reservationId: later.reservationId })).toMatchObject({
      refusal: { code: 'reservation_not_found' },
    });
    const onCall = await atVenue('venue-staff', 'call');
    expect(await mark(onCall, 'attended', { confirmationNumber: here.number })).toMatchObject({
      refusal: { code: 'case_required' },
    });
  });

  it('nobody is missed before their time, and a slip is corrected by who saw the last state (B52)', async () => {
    const { reservationId, number } = await bookedAt('11:00');
    at('10:59');
    const me = await atVenue();
    const which = { confirmationNumber: number };
    expect(await mark(me, 'missed', which)).toMatchObject({
      refusal: { code: 'reservation_not_changeable' },
    });
    at('11:30');
    const after = await atVenue();
    expect(await mark(after, 'missed', which, { expectedVersion: 1 })).toMatchObject({ ok: true });
    expect(await mark(after, 'attended', which, { expectedVersion: 1 })).toMatchObject({
      refusal: { code: 'reservation_changed_meanwhile', details: { version: 2, state: 'missed' } },
    });
    expect(await mark(after, 'attended', which, { expectedVersion: 2 })).toMatchObject({
      ok: true,
    });
    expect(await mark(after, 'attended', which)).toMatchObject({
      refusal: { code: 'reservation_not_changeable' },
    });
    expect(await stateOf(reservationId)).toEqual({ state: 'attended', version: 3 });
  });

  it('two who mark the same visitor at once: one of them does (B23, B52)', async () => {
    const { number, reservationId } = await bookedAt('11:10');
    at('11:40');
    const staff = await Promise.all(Array.from({ length: 6 }, () => atVenue()));
    const answers = await Promise.all(
      staff.map((me, index) =>
        mark(
          me,
          index % 2 === 0 ? 'attended' : 'turned-back',
          { confirmationNumber: number },
          { expectedVersion: 1 },
        ),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect((await stateOf(reservationId))?.version).toBe(2);
  });

  it('the same command is one, another body under its key is refused (B22)', async () => {
    const { number } = await bookedAt('11:20');
    at('11:40');
    const me = await atVenue();
    const keyed = key();
    const first = await mark(me, 'attended', { confirmationNumber: number }, keyed);
    expect(first.ok).toBe(true);
    expect(await mark(me, 'attended', { confirmationNumber: number }, keyed)).toEqual(first);
    expect(await mark(me, 'missed', { confirmationNumber: number }, keyed)).toMatchObject({
      refusal: { code: 'idempotency_key_reused' },
    });
  });
});

describe('who did not have the first dose', () => {
  it('is called about the second, and not any more once they had it after all', async () => {
    const { residentId, reservationId, number } = await bookedAt('13:00');
    const second = await world.call(
      contract.bookSlot,
      {
        residentId,
        doseNumber: 2,
        slotId: (await world.slotsAt(VENUE, addDays(visitDay, 21)))[0]?.id ?? '',
      },
      { ...(await world.serving(residentId)), ...key() },
    );
    if (!second.ok) throw new Error(second.refusal.code);
    at('13:30');
    const me = await atVenue();
    expect(await mark(me, 'turned-back', { confirmationNumber: number })).toMatchObject({
      ok: true,
    });
    const items = () =>
      world.sql<{ kind: string; state: string; reason: string }>(
        'SELECT kind, state, reason FROM work_item WHERE reservation_id = $1',
        [second.value.reservationId],
      );
    expect(await items()).toEqual([
      { kind: 'callback', state: 'open', reason: 'dose_out_of_order' },
    ]);
    expect((await stateOf(second.value.reservationId))?.state).toBe('booked');
    expect(await mark(me, 'attended', { confirmationNumber: number })).toMatchObject({ ok: true });
    expect(await items()).toMatchObject([{ state: 'done' }]);
    expect((await stateOf(reservationId))?.state).toBe('attended');
  });

  it('can be booked anew, and the old visit is then not turned into one', async () => {
    const { residentId, number } = await bookedAt('13:10');
    at('13:40');
    expect(await mark(await atVenue(), 'missed', { confirmationNumber: number })).toMatchObject({
      ok: true,
    });
    const again = (await world.slotsAt(VENUE, addDays(visitDay, 3)))[0]?.id ?? '';
    await world.book(again, residentId);
    at('14:00');
    expect(await mark(await atVenue(), 'attended', { confirmationNumber: number })).toMatchObject({
      refusal: { code: 'reservation_not_changeable' },
    });
  });
});

describe('a visitor looked up', () => {
  const find = (
    me: AtVenue,
    asked: { confirmationNumber: string; dateOfBirth?: string; venueCode?: string },
  ) =>
    world.call(contract.findVisitor, { venueCode: VENUE, dateOfBirth: '1960-01-01', ...asked }, me);

  it('is found by number and birth date together', async () => {
    const { residentId, number, reservationId } = await bookedAt('14:00');
    at('13:50');
    expect(await find(await atVenue(), { confirmationNumber: number })).toMatchObject({
      ok: true,
      value: {
        residentId,
        reservation: { reservationId, state: 'booked', version: 1, slot: { startsAt: '14:00' } },
      },
    });
  });

  it('is not with one fact wrong, and never a protected person: one answer for all of them (B57)', async () => {
    const { number } = await bookedAt('14:10');
    const hidden = await bookedAt('14:20');
    await world.sql('UPDATE resident_copy SET refer = true WHERE resident_id = $1', [
      hidden.residentId,
    ]);
    at('14:00');
    const me = await atVenue();
    const answers = [
      await find(me, { confirmationNumber: number, dateOfBirth: '1960-01-02' }),
      await find(await atVenue('venue-staff', 'venue-visit', [OTHER_VENUE]), {
        confirmationNumber: number,
        venueCode: OTHER_VENUE,
      }),
      await find(me, { confirmationNumber: '123-456-788' }),
      await find(me, { confirmationNumber: hidden.number }),
    ];
    expect(answers).toEqual(
      answers.map(() => ({ ok: false, refusal: { code: 'reservation_not_found' } })),
    );
    expect(await find(me, { confirmationNumber: '123-456-789' })).toMatchObject({
      refusal: { code: 'confirmation_number_mistyped' },
    });
    const onCall = await atVenue('venue-staff', 'call');
    expect(await find(onCall, { confirmationNumber: number })).toMatchObject({
      refusal: { code: 'case_required' },
    });
  });

  it('cannot be guessed: the case is stopped at its budget', async () => {
    at('14:00');
    const me = await atVenue();
    const codes: string[] = [];
    for (let turn = 0; turn < 11; turn += 1) {
      const answer = await find(me, { confirmationNumber: '123-456-788' });
      codes.push(answer.ok ? 'ok' : answer.refusal.code);
    }
    expect(codes.at(-2)).toBe('reservation_not_found');
    expect(codes.at(-1)).toBe('rate_limited');
  });
});

describe('a number that a caller says', () => {
  it('finds the booking of a resident of the grant, in any notation, and of nobody else', async () => {
    const mine = await bookedAt('15:00');
    const other = await bookedAt('15:10');
    const me = await world.serving(mine.residentId);
    const find = (confirmationNumber: string) =>
      world.call(contract.findReservation, { confirmationNumber }, me);
    for (const typed of [
      mine.number,
      mine.number.replaceAll('-', ''),
      mine.number.replaceAll('-', 'ー'),
    ])
      expect(await find(typed)).toMatchObject({
        ok: true,
        value: {
          residentId: mine.residentId,
          reservation: { reservationId: mine.reservationId, confirmationNumber: mine.number },
        },
      });
    expect([await find(other.number), await find('123-456-788')]).toEqual([
      { ok: false, refusal: { code: 'reservation_not_found' } },
      { ok: false, refusal: { code: 'reservation_not_found' } },
    ]);
    const entries = await world.sql(
      `SELECT 1 FROM relay.audit_entry WHERE entry->>'operation' = 'reservations.find-reservation'`,
    );
    expect(entries).toHaveLength(5);
  });
});

describe('somebody without a booking', () => {
  const walkIn = (
    me: object,
    residentId: string,
    more: { slotId?: string; venueCode?: string; productCode?: string } = {},
    keyed = key(),
  ) =>
    world.call(
      contract.bookWalkIn,
      { residentId, doseNumber: 1, venueCode: VENUE, ...more },
      { ...me, ...keyed },
    );
  const visitor = async (role: 'venue-staff' | 'city-staff' = 'venue-staff') => {
    const residentId = await world.resident();
    return { residentId, me: await withGrant(await atVenue(role), residentId, 'venue-day', role) };
  };

  it.each(['venue-staff', 'city-staff'] as const)(
    'is booked by %s on the next free slot, on the walk-ins’ seats, as attended',
    async (role) => {
      at('15:25');
      const { residentId, me } = await visitor(role);
      const answer = await walkIn(me, residentId);
      if (!answer.ok) throw new Error(answer.refusal.code);
      expect(answer.value.slot).toMatchObject({
        venueCode: VENUE,
        date: visitDay,
        startsAt: '15:30',
      });
      const [row] = await world.sql(
        'SELECT state, channel, version FROM reservation WHERE id = $1',
        [answer.value.reservationId],
      );
      expect(row).toEqual({ state: 'attended', channel: 'walk-in', version: 2 });
      const told = await world.sql<{ subject: string }>(
        'SELECT subject FROM relay.outbox WHERE aggregate_id = $1 ORDER BY aggregate_version',
        [answer.value.reservationId],
      );
      expect(told.map(({ subject }) => subject)).toEqual([
        'ev.reservations.reservation.booked.v1',
        'ev.reservations.reservation.attendance-recorded.v1',
      ]);
    },
  );

  it('is not booked on another day, at another venue, or on a seat promised to others (B26)', async () => {
    at('15:35');
    const { residentId, me } = await visitor();
    const tomorrow = (await world.slotsAt(VENUE, addDays(visitDay, 1)))[0]?.id ?? '';
    const elsewhere = (await world.slotsAt(OTHER_VENUE, visitDay)).at(-1)?.id ?? '';
    for (const slotId of [tomorrow, elsewhere, newId()])
      expect(await walkIn(me, residentId, { slotId })).toMatchObject({
        refusal: { code: 'slot_not_found' },
      });
    const past = await world.sql<{ id: string }>(
      `SELECT id FROM slot WHERE venue_code = $1 AND day = $2 AND starts_at = '09:20'`,
      [VENUE, visitDay],
    );
    expect(await walkIn(me, residentId, { slotId: past[0]?.id ?? '' })).toMatchObject({
      refusal: { code: 'slot_in_past' },
    });
    const today = await world.slotsAt(VENUE, visitDay);
    const next = today.find(({ starts_at }) => starts_at === '15:50')?.id ?? '';
    await world.setSeats([next], 4);
    expect(await walkIn(me, residentId, { slotId: next })).toMatchObject({
      refusal: { code: 'channel_quota_reached' },
    });
    await world.setSeats(
      today.map(({ id }) => id),
      0,
    );
    await world.sql(
      `UPDATE slot SET closed = true WHERE venue_code = $1 AND day = $2 AND capacity > 0`,
      [VENUE, visitDay],
    );
    expect(await walkIn(me, residentId)).toMatchObject({ refusal: { code: 'slot_full' } });
    await world.sql(`UPDATE slot SET closed = false WHERE venue_code = $1 AND day = $2`, [
      VENUE,
      visitDay,
    ]);
    await world.sql(
      `UPDATE slot SET capacity = 6 WHERE venue_code = $1 AND day = $2 AND capacity = 0`,
      [VENUE, visitDay],
    );
  });

  it('must be opened for it, eligible, and not booked elsewhere already (B28)', async () => {
    const booked = await bookedAt('15:20', { venueCode: OTHER_VENUE });
    at('15:35');
    const me = await atVenue();
    expect(await walkIn(await withGrant(me, booked.residentId), booked.residentId)).toMatchObject({
      refusal: { code: 'already_booked' },
    });
    const child = await world.resident();
    await world.sql(`UPDATE resident_copy SET date_of_birth = $2 WHERE resident_id = $1`, [
      child,
      BORN_TOO_LATE,
    ]);
    expect(await walkIn(await withGrant(me, child), child)).toMatchObject({
      refusal: { code: 'age_not_eligible' },
    });
    const { residentId } = await visitor();
    expect(await walkIn(await withGrant(me, child), residentId)).toMatchObject({
      refusal: { code: 'grant_required' },
    });
    const claim = await withGrant(me, residentId, 'claim-review');
    expect(await walkIn(claim, residentId)).toMatchObject({
      refusal: { code: 'purpose_not_allowed' },
    });
    const operator = await world.serving(residentId);
    expect(await walkIn(operator, residentId)).toMatchObject({ refusal: { code: 'not_allowed' } });
  });

  it('is booked once, however often and by however many at once (B22, B23, B29)', async () => {
    at('15:35');
    const { residentId, me } = await visitor();
    const keyed = key();
    const same = await Promise.all(
      Array.from({ length: 6 }, () => walkIn(me, residentId, {}, keyed)),
    );
    const others = await Promise.all(Array.from({ length: 6 }, () => walkIn(me, residentId)));
    for (const answer of same)
      if (!answer.ok) expect(answer.refusal.code).toBe('idempotency_in_flight');
    for (const answer of others) expect(answer.ok).toBe(false);
    expect((await walkIn(me, residentId, {}, keyed)).ok).toBe(true);
    expect(await walkIn(me, residentId, { productCode: 'MDG-XA' }, keyed)).toMatchObject({
      refusal: { code: 'idempotency_key_reused' },
    });
    const rows = await world.sql('SELECT 1 FROM reservation WHERE resident_id = $1', [residentId]);
    expect(rows).toHaveLength(1);
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

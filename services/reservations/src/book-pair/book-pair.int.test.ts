import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300011';
const day = (days: number): string => addDays(tokyoDate(new Date()), days);
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const slotAt = async (days: number, startsAt: string): Promise<string> => {
  const slots = await world.slotsAt(VENUE, day(days));
  const slot = slots.find(({ starts_at }) => starts_at === startsAt);
  if (!slot) throw new Error(`no slot at ${startsAt}`);
  return slot.id;
};
const somebody = async (role: contract.Role = 'operator') => {
  const residentId = await world.resident();
  return { residentId, me: await world.serving(residentId, role) };
};
type Somebody = Awaited<ReturnType<typeof somebody>>;
const pair = (
  { residentId, me }: Somebody,
  asked: { slotId?: string; holdId?: string; secondSlotId?: string },
  keyed = key(),
) => world.call(contract.bookPair, { residentId, ...asked }, { ...me, ...keyed });
const booked = async (who: Somebody, asked: Parameters<typeof pair>[1]) => {
  const answer = await pair(who, asked);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  const [first, second] = answer.value.bookings;
  if (!first || !second) throw new Error('not two bookings');
  return { first, second };
};
const liveOf = ({ residentId }: Somebody) =>
  world.sql<{ dose: number; day: string }>(
    `SELECT r.dose_number AS dose, s.day::text AS day FROM reservation r JOIN slot s ON s.id = r.slot_id
     WHERE r.resident_id = $1 AND r.state = 'booked' ORDER BY 1`,
    [residentId],
  );

describe('a pair', () => {
  it('is booked at once, the second at the same place and time by the standard interval', async () => {
    const who = await somebody();
    const { first, second } = await booked(who, { slotId: await slotAt(2, '10:00') });
    expect(first).toMatchObject({ doseNumber: 1, slot: { date: day(2), startsAt: '10:00' } });
    expect(second).toMatchObject({
      doseNumber: 2,
      slot: { venueCode: VENUE, date: day(23), startsAt: '10:00' },
    });
    expect(await world.seatsOf(second.slot.slotId)).toEqual({ booked: 1, held: 0 });
  });

  it('takes what is nearest when that seat is gone, as was proposed before', async () => {
    const who = await somebody();
    const slotId = await slotAt(3, '11:00');
    await world.setSeats([await slotAt(24, '11:00')], 0);
    const proposed = await world.call(
      contract.proposePair,
      { residentId: who.residentId, slotId, limit: 3 },
      who.me,
    );
    expect(proposed).toMatchObject({
      ok: true,
      value: {
        standardDate: day(24),
        earliestDate: day(24),
        // The nearest, and then other times of that day.
        slots: [{ startsAt: '11:10' }, { startsAt: '13:00' }, { startsAt: '15:00' }].map((one) => ({
          ...one,
          venueCode: VENUE,
          date: day(24),
        })),
      },
    });
    const { second } = await booked(who, { slotId });
    expect(second.slot).toMatchObject({ date: day(24), startsAt: '11:10' });
  });

  it('begins with a held seat, and takes the second slot that was chosen', async () => {
    const who = await somebody();
    const slotId = await slotAt(4, '09:30');
    const held = await world.call(
      contract.holdSlot,
      { residentId: who.residentId, slotId, doseNumber: 1 },
      { ...who.me, ...key() },
    );
    if (!held.ok) throw new Error(held.refusal.code);
    const secondSlotId = await slotAt(30, '14:00');
    const { second } = await booked(who, { holdId: held.value.holdId, secondSlotId });
    expect(second.slot.slotId).toBe(secondSlotId);
    expect(await world.seatsOf(slotId)).toEqual({ booked: 1, held: 0 });
  });

  it.each([
    [
      'the second slot is full',
      async () => {
        const id = await slotAt(26, '15:00');
        await world.setSeats([id], 0);
        return id;
      },
      { code: 'slot_full', details: { doseNumber: 2 } },
    ],
    [
      'the interval is too short',
      () => slotAt(24, '15:00'),
      { code: 'dose_interval_too_short', details: { doseNumber: 2, earliest: day(26) } },
    ],
    [
      'there is no such slot',
      async () => newId(),
      { code: 'slot_not_found', details: { doseNumber: 2 } },
    ],
  ])('is not booked at all when %s', async (_why, second, refusal) => {
    const who = await somebody();
    const slotId = await slotAt(5, '15:30');
    const secondSlotId = await second();
    expect(await pair(who, { slotId, secondSlotId })).toMatchObject({ refusal });
    expect(await liveOf(who)).toEqual([]);
    expect(await world.seatsOf(slotId)).toEqual({ booked: 0, held: 0 });
  });

  it('says when no second seat is free at all', async () => {
    const who = await somebody();
    const closing = await world.sql<{ id: string }>(
      'UPDATE slot SET closed = true WHERE day > $1 AND NOT closed RETURNING id',
      [day(8)],
    );
    try {
      expect(await pair(who, { slotId: await slotAt(7, '09:00') })).toMatchObject({
        refusal: {
          code: 'second_dose_not_free',
          details: { standardDate: day(28), earliestDate: day(28) },
        },
      });
    } finally {
      await world.sql('UPDATE slot SET closed = false WHERE id = ANY($1)', [
        closing.map(({ id }) => id),
      ]);
    }
    expect(await liveOf(who)).toEqual([]);
  });

  it('says what stands against the first dose before anything of the second', async () => {
    const who = await somebody();
    await booked(who, { slotId: await slotAt(6, '10:00') });
    expect(await pair(who, { slotId: await slotAt(7, '10:00') })).toMatchObject({
      refusal: { code: 'already_booked', details: { doseNumber: 1 } },
    });
  });
});

describe('one command, one pair (B22, B23, B24)', () => {
  it('answers the same again, refuses another body, keeps keys of others apart', async () => {
    const who = await somebody();
    const asked = { slotId: await slotAt(8, '10:00') };
    const keyed = key();
    const answer = await pair(who, asked, keyed);
    expect(answer.ok).toBe(true);
    expect(await pair(who, asked, keyed)).toEqual(answer);
    expect(await pair(who, { slotId: await slotAt(8, '10:10') }, keyed)).toMatchObject({
      refusal: { code: 'idempotency_key_reused' },
    });
    const other = await somebody();
    expect((await pair(other, asked, keyed)).ok).toBe(true);
    expect(await liveOf(who)).toHaveLength(2);
  });

  it('is booked once when the same command comes ten times at once', async () => {
    const who = await somebody();
    const asked = { slotId: await slotAt(9, '10:00') };
    const keyed = key();
    const answers = await Promise.all(Array.from({ length: 10 }, () => pair(who, asked, keyed)));
    for (const answer of answers)
      if (!answer.ok) expect(answer.refusal.code).toBe('idempotency_in_flight');
    expect((await pair(who, asked, keyed)).ok).toBe(true);
    expect(await liveOf(who)).toHaveLength(2);
  });

  it('gives a resident one pair, however many are asked for at once (B29)', async () => {
    const who = await somebody();
    const slots = await world.slotsAt(VENUE, day(10));
    const answers = await Promise.all(
      slots.slice(0, 20).map(({ id }) => pair(who, { slotId: id })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers)
      if (!answer.ok) expect(answer.refusal.code).toBe('already_booked');
    expect(await liveOf(who)).toHaveLength(2);
  });

  it('never books half a pair when many callers want the same two slots', async () => {
    const [one, two] = [await slotAt(11, '10:00'), await slotAt(32, '10:00')];
    await world.setSeats([one], 6);
    await world.setSeats([two], 3);
    const callers = await Promise.all(Array.from({ length: 12 }, () => somebody()));
    const answers = await Promise.all(
      callers.map((who, index) =>
        index % 2 === 0
          ? pair(who, { slotId: one, secondSlotId: two })
          : pair(who, { slotId: one }),
      ),
    );
    const won = answers.filter((answer) => answer.ok).length;
    expect(won).toBeLessThanOrEqual(6);
    expect(await world.seatsOf(one)).toEqual({ booked: won, held: 0 });
    for (const who of callers) expect([0, 2]).toContain((await liveOf(who)).length);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal.code).toBe('slot_full');
  });
});

describe('one of a pair alone', () => {
  const change = (who: Somebody, reservationId: string, slotId: string, expectedVersion?: number) =>
    world.call(
      contract.changeReservation,
      {
        residentId: who.residentId,
        reservationId,
        slotId,
        ...(expectedVersion === undefined ? {} : { expectedVersion }),
      },
      { ...who.me, ...key() },
    );
  const cancel = (who: Somebody, reservationId: string, more = {}) =>
    world.call(
      contract.cancelReservation,
      { residentId: who.residentId, reservationId, reason: 'own-wish', ...more },
      { ...who.me, ...key() },
    );

  it('can be moved, as long as the interval holds on both sides', async () => {
    const who = await somebody();
    const { first, second } = await booked(who, { slotId: await slotAt(12, '10:00') });
    const tooLate = await change(who, first.reservationId, await slotAt(13, '10:00'));
    expect(tooLate).toMatchObject({ refusal: { code: 'dose_interval_too_short' } });
    const tooEarly = await change(who, second.reservationId, await slotAt(32, '11:00'));
    expect(tooEarly).toMatchObject({ refusal: { code: 'dose_interval_too_short' } });
    expect(await change(who, second.reservationId, await slotAt(34, '11:00'))).toMatchObject({
      ok: true,
    });
    expect(await change(who, first.reservationId, await slotAt(13, '10:00'))).toMatchObject({
      ok: true,
    });
    expect(await liveOf(who)).toEqual([
      { dose: 1, day: day(13) },
      { dose: 2, day: day(34) },
    ]);
  });

  it('is not moved by whoever looked at it before somebody else moved it (B52)', async () => {
    const who = await somebody();
    const { first } = await booked(who, { slotId: await slotAt(14, '10:00') });
    const moved = await change(who, first.reservationId, await slotAt(14, '10:10'), 1);
    expect(moved).toMatchObject({ ok: true, value: { version: 2 } });
    const stale = await change(who, first.reservationId, await slotAt(14, '10:20'), 1);
    expect(stale).toMatchObject({
      refusal: { code: 'reservation_changed_meanwhile', details: { version: 2 } },
    });
    expect(contract.REFUSALS.reservation_changed_meanwhile.status).toBe(412);
    const list = await world.call(
      contract.listReservations,
      { residentId: who.residentId },
      who.me,
    );
    expect(list).toMatchObject({
      ok: true,
      value: {
        reservations: expect.arrayContaining([
          expect.objectContaining({ reservationId: first.reservationId, version: 2 }),
        ]),
      },
    });
    expect(
      await cancel(who, first.reservationId, { expectedVersion: 1, withFollowing: true }),
    ).toMatchObject({
      refusal: { code: 'reservation_changed_meanwhile' },
    });
  });

  it('goes to one of two who move it at once from the same version (B52)', async () => {
    const who = await somebody();
    const { second } = await booked(who, { slotId: await slotAt(15, '10:00') });
    const slots = (await world.slotsAt(VENUE, day(37))).slice(0, 6);
    const answers = await Promise.all(
      slots.map(({ id }) => change(who, second.reservationId, id, 1)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers)
      if (!answer.ok) expect(answer.refusal.code).toBe('reservation_changed_meanwhile');
  });

  it('is not cancelled from under the other: refused, or both', async () => {
    const who = await somebody();
    const { first, second } = await booked(who, { slotId: await slotAt(16, '10:00') });
    expect(await cancel(who, first.reservationId)).toMatchObject({
      refusal: {
        code: 'following_dose_booked',
        details: {
          following: [{ reservationId: second.reservationId, doseNumber: 2, date: day(37) }],
        },
      },
    });
    expect(await liveOf(who)).toHaveLength(2);
    expect(await cancel(who, first.reservationId, { withFollowing: true })).toMatchObject({
      ok: true,
      value: { alsoCancelled: [second.reservationId] },
    });
    expect(await liveOf(who)).toEqual([]);
    expect([
      await world.seatsOf(first.slot.slotId),
      await world.seatsOf(second.slot.slotId),
    ]).toEqual([
      { booked: 0, held: 0 },
      { booked: 0, held: 0 },
    ]);
    const facts = await world.sql(
      `SELECT 1 FROM relay.outbox WHERE subject = 'ev.reservations.reservation.cancelled.v1'
       AND payload->>'residentId' = $1`,
      [who.residentId],
    );
    expect(facts).toHaveLength(2);
  });

  it('can be cancelled where it is the second', async () => {
    const who = await somebody();
    const { second } = await booked(who, { slotId: await slotAt(17, '10:00') });
    expect(await cancel(who, second.reservationId)).toMatchObject({
      ok: true,
      value: { alsoCancelled: [] },
    });
    expect(await liveOf(who)).toEqual([{ dose: 1, day: day(17) }]);
  });

  it('stays a whole when both are cancelled and one is moved at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const who = await somebody();
      const { first, second } = await booked(who, { slotId: await slotAt(18, '10:00') });
      const [moved, cancelled] = await Promise.all([
        change(who, second.reservationId, await slotAt(40, '10:00')),
        cancel(who, first.reservationId, { withFollowing: true }),
      ]);
      expect(cancelled.ok).toBe(true);
      if (!moved.ok) expect(moved.refusal.code).toBe('reservation_not_changeable');
      expect(await liveOf(who)).toEqual([]);
    }
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { BORN_TOO_LATE, reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300029';
const day = (days: number): string => addDays(tokyoDate(new Date()), days);
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const people = (count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => world.resident()));
const membersOf = (residents: string[]) =>
  residents.map((residentId) => ({ residentId, doseNumber: 1 }));
const slotsOn = async (days: number): Promise<string[]> =>
  (await world.slotsAt(VENUE, day(days))).map(({ id }) => id);
type Serving = Awaited<ReturnType<ReservationsWorld['servingAll']>>;
const bookGroup = (
  me: Serving,
  residents: string[],
  slotId: string,
  { spanMinutes = 60, ...keyed }: { spanMinutes?: number; idempotencyKey?: string } = {},
) =>
  world.call(
    contract.bookGroup,
    { members: membersOf(residents), slotId, spanMinutes },
    { ...me, ...key(), ...keyed },
  );
const liveOf = (residents: string[]) =>
  world.sql<{ slot_id: string }>(
    `SELECT slot_id FROM reservation WHERE resident_id = ANY($1) AND state = 'booked'`,
    [residents],
  );

describe('a family', () => {
  it('sits together on one slot, each with a number of their own', async () => {
    const family = await people(4);
    const me = await world.servingAll(family);
    const [slotId = ''] = await slotsOn(1);
    await world.setSeats([slotId], 6);
    const answer = await bookGroup(me, family, slotId, { spanMinutes: 0 });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    expect(answer.value.bookings.map(({ residentId }) => residentId)).toEqual(family);
    expect(
      new Set(answer.value.bookings.map(({ confirmationNumber }) => confirmationNumber)).size,
    ).toBe(4);
    expect(await world.seatsOf(slotId)).toEqual({ booked: 4, held: 0 });
    const [entry] = await world.sql<{ residents: string[] }>(
      `SELECT ARRAY(SELECT jsonb_array_elements_text(to_jsonb(entry)->'residents')) AS residents FROM relay.audit_entry
       WHERE entry->>'operation' = 'reservations.book-group' ORDER BY seq DESC LIMIT 1`,
    );
    expect(entry?.residents.toSorted()).toEqual(family.toSorted());
    const told = await world.sql(
      `SELECT 1 FROM relay.outbox WHERE subject = 'ev.reservations.reservation.booked.v1'
       AND payload->>'residentId' = ANY($1)`,
      [family],
    );
    expect(told).toHaveLength(4);
  });

  it('is not booked at all when one of them cannot, with the reason of each who cannot', async () => {
    const family = await people(3);
    const [, child = '', booked = ''] = family;
    await world.sql(`UPDATE resident_copy SET date_of_birth = $2 WHERE resident_id = $1`, [
      child,
      BORN_TOO_LATE,
    ]);
    const [slotId = '', other = ''] = await slotsOn(2);
    await world.book(other, booked);
    const me = await world.servingAll(family);
    const answer = await bookGroup(me, family, slotId);
    expect(answer).toMatchObject({
      refusal: {
        code: 'group_refused',
        details: {
          members: [
            { residentId: child, code: 'age_not_eligible', ja: expect.stringContaining('。') },
            { residentId: booked, code: 'already_booked', en: expect.any(String) },
          ],
        },
      },
    });
    expect(await liveOf(family)).toHaveLength(1);
    expect(await world.seatsOf(slotId)).toEqual({ booked: 0, held: 0 });
  });

  it('is of one grant: nobody else is booked along (B28)', async () => {
    const family = await people(2);
    const me = await world.servingAll(family);
    const stranger = await world.resident();
    const [slotId = ''] = await slotsOn(3);
    expect(await bookGroup(me, [...family, stranger], slotId)).toMatchObject({
      refusal: { code: 'grant_required' },
    });
    const forOwnRecord = await world.servingAll(family, 'operator', 'own-record');
    expect(await bookGroup(forOwnRecord, family, slotId)).toMatchObject({
      refusal: { code: 'purpose_not_allowed' },
    });
    expect(await bookGroup(me, [family[0] ?? '', family[0] ?? ''], slotId)).toMatchObject({
      refusal: { code: 'malformed_request' },
    });
    expect(await liveOf(family)).toEqual([]);
  });
});

describe('a care facility', () => {
  it('fills adjacent slots of a venue from the one chosen on', async () => {
    const facility = await people(20);
    const me = await world.servingAll(facility);
    const slots = await slotsOn(4);
    await world.setSeats(slots, 6);
    const answer = await bookGroup(me, facility, slots[2] ?? '');
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    const at = new Map<string, number>();
    for (const { slot } of answer.value.bookings)
      at.set(slot.slotId, (at.get(slot.slotId) ?? 0) + 1);
    expect([...at]).toEqual([
      [slots[2], 6],
      [slots[3], 6],
      [slots[4], 6],
      [slots[5], 2],
    ]);
  });

  it('finds the visits that have room for all of it, and can book what was found', async () => {
    const facility = await people(15);
    const me = await world.servingAll(facility);
    const slots = await slotsOn(5);
    await world.setSeats(slots, 1);
    const wide = slots.slice(20, 23);
    await world.setSeats(wide, 6);
    const asked = {
      members: membersOf(facility),
      from: day(5),
      to: day(5),
      venueCode: VENUE,
      spanMinutes: 30,
    };
    const found = await world.call(contract.findGroupSlots, asked, me);
    if (!found.ok) throw new Error(found.refusal.code);
    expect(found.value.reasons).toEqual([]);
    const [visit] = found.value.visits;
    expect(visit).toMatchObject({ seats: 1 + 3 * 6, slot: { venueCode: VENUE, date: day(5) } });
    const booked = await bookGroup(me, facility, visit?.slot.slotId ?? '', { spanMinutes: 30 });
    expect(booked.ok).toBe(true);
    const again = await world.call(contract.findGroupSlots, asked, me);
    expect(again).toMatchObject({ ok: true, value: { visits: [] } });
    if (again.ok)
      expect(new Set(again.value.reasons.map(({ code }) => code))).toEqual(
        new Set(['already_booked']),
      );
  });

  it('is told so when the span has too few seats, and nobody sits', async () => {
    const facility = await people(10);
    const me = await world.servingAll(facility);
    const slots = await slotsOn(6);
    await world.setSeats(slots, 3);
    const answer = await bookGroup(me, facility, slots[0] ?? '', { spanMinutes: 20 });
    expect(answer).toMatchObject({
      refusal: {
        code: 'group_refused',
        details: { members: [{ residentId: facility[9], code: 'slot_full' }] },
      },
    });
    expect(await liveOf(facility)).toEqual([]);
  });

  it.each([
    ['closed', 7, `closed = true`, 'slot_closed'],
    ['not open yet', 11, `opens_at = now() + interval '1 hour'`, 'slot_not_open'],
    ['past its booking time', 12, `closes_at = now() - interval '1 minute'`, 'slot_closed'],
  ])(
    'cannot start at a slot that is %s, through any channel (B26)',
    async (_what, days, change, code) => {
      const family = await people(2);
      const slotId = (await slotsOn(days))[0] ?? '';
      await world.sql(`UPDATE slot SET ${change} WHERE id = $1`, [slotId]);
      for (const role of ['operator', 'senior-operator', 'city-staff', 'phone-agent'] as const)
        expect(await bookGroup(await world.servingAll(family, role), family, slotId)).toMatchObject(
          {
            refusal: { code },
          },
        );
      expect(await bookGroup(await world.servingAll(family), family, newId())).toMatchObject({
        refusal: { code: 'slot_not_found' },
      });
    },
  );
});

describe('groups at once', () => {
  it('take the seats of a few slots whole or not at all, and nobody is lost or doubled', async () => {
    const slots = (await slotsOn(8)).slice(0, 3);
    await world.setSeats(slots, 5);
    const groups = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const residents = await people(4);
        return { residents, me: await world.servingAll(residents) };
      }),
    );
    const answers = await Promise.all(
      groups.map(({ residents, me }, index) =>
        bookGroup(me, residents, slots[index % 2] ?? '', { spanMinutes: 20 }),
      ),
    );
    let seated = 0;
    for (const [index, answer] of answers.entries()) {
      const live = await liveOf(groups[index]?.residents ?? []);
      expect(live).toHaveLength(answer.ok ? 4 : 0);
      if (!answer.ok) expect(answer.refusal.code).toBe('group_refused');
      seated += live.length;
    }
    expect(seated).toBeGreaterThanOrEqual(12);
    for (const id of slots) {
      const seats = await world.seatsOf(id);
      expect(seats?.booked).toBeLessThanOrEqual(5);
      expect(seats?.held).toBe(0);
    }
  });

  it('that share a resident book that one once (B29)', async () => {
    const [shared = '', ...others] = await people(9);
    const slots = await slotsOn(9);
    const answers = await Promise.all(
      others.map(async (other, index) => {
        const family = [other, shared];
        return bookGroup(
          await world.servingAll(family),
          index % 2 === 0 ? family : family.toReversed(),
          slots[index] ?? '',
        );
      }),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal.code).toBe('group_refused');
    expect(await liveOf([shared])).toHaveLength(1);
    expect(await liveOf(others)).toHaveLength(1);
  });

  it('are one booking when the same command comes again, or ten times at once (B22, B23)', async () => {
    const family = await people(3);
    const me = await world.servingAll(family);
    const [slotId = '', other = ''] = await slotsOn(10);
    const keyed = key();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => bookGroup(me, family, slotId, keyed)),
    );
    for (const answer of answers)
      if (!answer.ok) expect(answer.refusal.code).toBe('idempotency_in_flight');
    const first = await bookGroup(me, family, slotId, keyed);
    expect(first.ok).toBe(true);
    expect(await bookGroup(me, family, slotId, keyed)).toEqual(first);
    expect(await bookGroup(me, family, other, keyed)).toMatchObject({
      refusal: { code: 'idempotency_key_reused' },
    });
    expect(await liveOf(family)).toHaveLength(3);
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

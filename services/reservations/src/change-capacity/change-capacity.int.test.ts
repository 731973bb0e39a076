import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyQuotas } from '../plan-quotas/apply-quotas.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { PHONE_AND_WEB, reservationsWorld } from '../store/reservations-world.fixture.ts';

let world: ReservationsWorld;
let manager: { actorToken: string };
let dayOfTest = 1;
beforeAll(async () => {
  world = await reservationsWorld();
  await world.sql(PHONE_AND_WEB);
  manager = { actorToken: (await world.actor('operations-manager')).token };
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code;
const freshSession = async () => {
  const day = addDays(tokyoDate(new Date()), dayOfTest);
  dayOfTest += 1;
  const [session] = await world.sql<{ id: string }>(
    'SELECT id FROM session WHERE day = $1 ORDER BY venue_code LIMIT 1',
    [day],
  );
  const slots = await world.sql<{ id: string }>(
    'SELECT id FROM slot WHERE session_id = $1 ORDER BY starts_at',
    [session?.id],
  );
  return { sessionId: session?.id ?? '', slots: slots.map(({ id }) => id) };
};
const slotOf = async (id: string) => {
  const [row] = await world.sql<{
    capacity: number;
    target_capacity: number | null;
    booked: number;
    held: number;
    phone_quota: number;
    web_quota: number;
  }>(
    'SELECT capacity, target_capacity, booked, held, phone_quota, web_quota FROM slot WHERE id = $1',
    [id],
  );
  return row;
};
const change = async (
  sessionId: string,
  capacity: number,
  choice: 'refuse' | 'worklist',
  times: { timeFrom?: string; timeTo?: string } = {},
) => {
  const cut = { sessionId, capacity, reason: 'short-of-staff', ...times };
  const agreed =
    choice === 'worklist'
      ? { approvalId: await world.agreed({ kind: 'change-capacity', ...cut }, manager) }
      : {};
  return world.call(
    contract.changeCapacity,
    { ...cut, choice, ...agreed },
    { ...manager, ...key() },
  );
};
const cancel = async ({
  residentId,
  reservationId,
}: {
  residentId: string;
  reservationId: string;
}) =>
  world.call(
    contract.cancelReservation,
    { residentId, reservationId, reason: 'own-wish' },
    { ...(await world.serving(residentId)), ...key() },
  );
const toCall = async (slotId: string): Promise<string[]> => {
  const rows = await world.sql<{ id: string }>(
    `SELECT reservation_id AS id FROM work_item WHERE slot_id = $1 AND state = 'open'`,
    [slotId],
  );
  return rows.map(({ id }) => id);
};

describe('a cut of seats', () => {
  it('below what is booked is refused, and changes nothing', async () => {
    const { sessionId, slots } = await freshSession();
    const [, slotId = ''] = slots;
    for (let person = 0; person < 3; person += 1) await world.book(slotId);
    const answer = await change(sessionId, 2, 'refuse');
    expect(answer).toMatchObject({
      refusal: { code: 'capacity_below_booked', details: { people: 1 } },
    });
    expect(await slotOf(slotId)).toMatchObject({ capacity: 6, target_capacity: null });
  });

  it('by choice calls the latest booked, and takes effect seat by seat', async () => {
    const { sessionId, slots } = await freshSession();
    const [, slotId = '', other = ''] = slots;
    await world.sql('UPDATE slot SET phone_quota = 5, web_quota = 1 WHERE id = $1', [slotId]);
    const people = [];
    for (let person = 0; person < 4; person += 1) people.push(await world.book(slotId));
    const [first, second, third, fourth] = people;
    if (!first || !second || !third || !fourth) throw new Error('four people');
    expect(await change(sessionId, 2, 'worklist')).toMatchObject({
      ok: true,
      value: { toBeCalled: 2, holdsEnded: 0 },
    });
    expect((await toCall(slotId)).toSorted()).toEqual(
      [third.reservationId, fourth.reservationId].toSorted(),
    );
    expect(await slotOf(slotId)).toMatchObject({ capacity: 4, target_capacity: 2, booked: 4 });
    expect(await slotOf(other)).toMatchObject({ capacity: 2, target_capacity: null });
    const residentId = await world.resident();
    const taking = await world.call(
      contract.bookSlot,
      { residentId, slotId, doseNumber: 1 },
      { ...(await world.serving(residentId)), ...key() },
    );
    expect(codeOf(taking)).toBe('slot_closed');
    // Somebody who was not to be called gives a seat up: it is gone, and the earlier of the two stays.
    expect((await cancel(first)).ok).toBe(true);
    expect(await slotOf(slotId)).toMatchObject({ capacity: 3, target_capacity: 2, booked: 3 });
    await eventually('one call less', async () => (await toCall(slotId)).length === 1);
    expect(await toCall(slotId)).toEqual([fourth.reservationId]);
    const moved = await world.call(
      contract.changeReservation,
      { ...fourth, slotId: other },
      { ...(await world.serving(fourth.residentId)), ...key() },
    );
    expect(moved.ok).toBe(true);
    await eventually('nobody is to be called', async () => (await toCall(slotId)).length === 0);
    await applyQuotas(world.runtime)();
    expect(await slotOf(slotId)).toMatchObject({ capacity: 2, target_capacity: null, booked: 2 });
    expect((await cancel(second)).ok).toBe(true);
    expect(await slotOf(slotId)).toMatchObject({ capacity: 2, booked: 1 });
  });

  it('ends holds before anybody who booked is asked to go', async () => {
    const { sessionId, slots } = await freshSession();
    const [, slotId = ''] = slots;
    await world.book(slotId);
    const residentId = await world.resident();
    const me = await world.serving(residentId);
    const held = await world.call(
      contract.holdSlot,
      { residentId, slotId, doseNumber: 1 },
      { ...me, ...key() },
    );
    expect(held.ok).toBe(true);
    expect(await change(sessionId, 1, 'refuse')).toMatchObject({
      ok: true,
      value: { toBeCalled: 0, holdsEnded: 1 },
    });
    expect(await slotOf(slotId)).toMatchObject({ capacity: 1, booked: 1, held: 0 });
  });

  it('taken back lets everybody stay', async () => {
    const { sessionId, slots } = await freshSession();
    const [, slotId = ''] = slots;
    for (let person = 0; person < 3; person += 1) await world.book(slotId);
    await change(sessionId, 1, 'worklist');
    expect(await toCall(slotId)).toHaveLength(2);
    await change(sessionId, 6, 'refuse');
    await eventually('nobody is to be called', async () => (await toCall(slotId)).length === 0);
    expect(await slotOf(slotId)).toMatchObject({
      capacity: 6,
      target_capacity: null,
      phone_quota: 3,
      web_quota: 3,
    });
  });

  it('of some hours leaves the others', async () => {
    const { sessionId, slots } = await freshSession();
    expect(
      await change(sessionId, 1, 'refuse', { timeFrom: '09:10', timeTo: '09:30' }),
    ).toMatchObject({ ok: true, value: { slots: 2 } });
    const sizes = await Promise.all(slots.slice(0, 4).map(slotOf));
    expect(sizes.map((slot) => slot?.capacity)).toEqual([8, 1, 1, 6]);
  });

  it('to nothing closes the slot to every role (B26)', async () => {
    const { sessionId, slots } = await freshSession();
    await change(sessionId, 0, 'refuse');
    for (const role of ['operator', 'senior-operator', 'city-staff', 'phone-agent'] as const) {
      const residentId = await world.resident();
      const answer = await world.call(
        contract.bookSlot,
        { residentId, slotId: slots[0] ?? '', doseNumber: 1 },
        { ...(await world.serving(residentId, role)), ...key() },
      );
      expect(codeOf(answer)).toBe('slot_full');
    }
  });

  it('and people who come and go at once never break the table’s sums', async () => {
    const { sessionId, slots } = await freshSession();
    const [, slotId = ''] = slots;
    const people = [];
    for (let person = 0; person < 3; person += 1) people.push(await world.book(slotId));
    const coming = Array.from({ length: 8 }, async () => {
      const residentId = await world.resident();
      return world.call(
        contract.holdSlot,
        { residentId, slotId, doseNumber: 1 },
        { ...(await world.serving(residentId)), ...key() },
      );
    });
    const answers = await Promise.all([
      ...coming,
      change(sessionId, 1, 'worklist'),
      ...people.slice(0, 2).map(cancel),
    ]);
    const codes = answers.map(codeOf).filter((code) => code !== undefined);
    expect(codes.filter((code) => !/^slot_|channel_quota/u.test(code))).toEqual([]);
    const slot = await slotOf(slotId);
    expect((slot?.booked ?? 0) + (slot?.held ?? 0)).toBeLessThanOrEqual(slot?.capacity ?? 0);
    expect(slot?.target_capacity ?? slot?.capacity).toBe(1);
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

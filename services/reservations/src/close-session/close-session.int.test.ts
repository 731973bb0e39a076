import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

let world: ReservationsWorld;
let manager: { actorToken: string };
let dayOfTest = 1;
beforeAll(async () => {
  world = await reservationsWorld();
  manager = { actorToken: (await world.actor('operations-manager')).token };
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code;
/** A session of its own for each test. */
const freshSession = async () => {
  const day = addDays(tokyoDate(new Date()), dayOfTest);
  dayOfTest += 1;
  const [session] = await world.sql<{ id: string; venue_code: string }>(
    'SELECT id, venue_code FROM session WHERE day = $1 ORDER BY venue_code LIMIT 1',
    [day],
  );
  const slots = await world.sql<{ id: string }>(
    'SELECT id FROM slot WHERE session_id = $1 ORDER BY starts_at',
    [session?.id],
  );
  return {
    day,
    sessionId: session?.id ?? '',
    venueCode: session?.venue_code ?? '',
    slots: slots.map(({ id }) => id),
  };
};
const hold = async (slotId: string) => {
  const residentId = await world.resident();
  const me = await world.serving(residentId);
  const held = await world.call(
    contract.holdSlot,
    { residentId, slotId, doseNumber: 1 },
    { ...me, ...key() },
  );
  if (!held.ok) throw new Error(held.refusal.code);
  return { me, residentId, holdId: held.value.holdId };
};
const close = async (sessionId: string) => {
  const closing = { sessionId, reason: 'venue-flooded' };
  const approvalId = await world.agreed({ kind: 'close-session', ...closing }, manager);
  return world.call(contract.closeSession, { ...closing, approvalId }, { ...manager, ...key() });
};
const itemsOf = (reservationIds: string[]) =>
  world.sql<{ state: string; kind: string; outcome: string | null }>(
    'SELECT state, kind, outcome FROM work_item WHERE reservation_id = ANY($1) ORDER BY created_at, id',
    [reservationIds],
  );

describe('a closing day that is entered after sessions were opened', () => {
  it('stops new seats at once, and leaves the closing and the bookings to the city', async () => {
    const { day, sessionId, venueCode, slots } = await freshSession();
    const [slotId = ''] = slots;
    const booked = await world.book(slotId);
    await world.sql('UPDATE venue SET closed_days = ARRAY[$2::date] WHERE code = $1', [
      venueCode,
      day,
    ]);
    const residentId = await world.resident();
    const asked = { residentId, doseNumber: 1 };
    const me = await world.serving(residentId);
    expect(
      codeOf(await world.call(contract.bookSlot, { ...asked, slotId }, { ...me, ...key() })),
    ).toBe('slot_closed');
    expect(
      codeOf(await world.call(contract.holdSlot, { ...asked, slotId }, { ...me, ...key() })),
    ).toBe('slot_closed');
    const listed = async () => {
      const answer = await world.call(
        contract.listSessions,
        { venueCode, from: day, to: day },
        manager,
      );
      return answer.ok
        ? answer.value.sessions.find((one) => one.sessionId === sessionId)
        : undefined;
    };
    expect(await listed()).toMatchObject({ state: 'open', toBeClosed: 'closed-day', booked: 1 });
    expect(await itemsOf([booked.reservationId])).toEqual([]);
    expect(await close(sessionId)).toMatchObject({ ok: true, value: { toBeCalled: 1 } });
    expect(await listed()).not.toHaveProperty('toBeClosed');
    const reopen = () =>
      world.call(contract.reopenSession, { sessionId }, { ...manager, ...key() });
    expect(codeOf(await reopen())).toBe('venue_closed_on_day');
    await world.sql(`UPDATE venue SET closed_days = '{}' WHERE code = $1`, [venueCode]);
    expect(await reopen()).toMatchObject({ ok: true, value: { leftTheWorklist: 1 } });
  });
});

describe('closing a session', () => {
  it('puts everybody booked on the worklist, cancels nobody, and ends holds', async () => {
    const { sessionId, slots } = await freshSession();
    const [first = '', second = ''] = slots;
    const booked = [await world.book(first), await world.book(first), await world.book(second)];
    const { me, residentId, holdId } = await hold(second);
    const closing = { sessionId, reason: 'venue-flooded' };
    const approvalId = await world.agreed({ kind: 'close-session', ...closing }, manager);
    const keyed = { ...manager, ...key() };
    const again = () => world.call(contract.closeSession, { ...closing, approvalId }, keyed);
    const closed = await again();
    expect(closed).toMatchObject({
      ok: true,
      value: { sessions: 1, toBeCalled: 3, holdsEnded: 1 },
    });
    expect(await again()).toEqual(closed);
    const once = await world.call(contract.closeSession, closing, { ...manager, ...key() });
    expect(codeOf(once)).toBe('session_already_closed');
    const ids = booked.map(({ reservationId }) => reservationId);
    expect(await itemsOf(ids)).toEqual(
      Array.from({ length: 3 }, () => ({ state: 'open', kind: 'session-closed', outcome: null })),
    );
    const states = await world.sql('SELECT DISTINCT state FROM reservation WHERE id = ANY($1)', [
      ids,
    ]);
    expect(states).toEqual([{ state: 'booked' }]);
    expect(await world.sql('SELECT booked, held FROM slot WHERE id = $1', [second])).toEqual([
      { booked: 1, held: 0 },
    ]);
    const tooLate = await world.call(
      contract.bookSlot,
      { residentId, doseNumber: 1, holdId },
      { ...me, ...key() },
    );
    expect(codeOf(tooLate)).toBe('hold_not_found');
  });

  it('while seats are taken, held and given up leaves nobody booked without being called', async () => {
    const { sessionId, slots } = await freshSession();
    const [one = '', two = '', three = ''] = slots;
    const people = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => ({
        slotId: [one, two, three][index % 3] ?? one,
        residentId: await world.resident(),
        index,
      })),
    );
    const asked = { sessionId, reason: 'venue-flooded' };
    const approvalId = await world.agreed({ kind: 'close-session', ...asked }, manager);
    const closingRequest = { ...asked, approvalId };
    const rush = people.map(async ({ slotId, residentId, index }) => {
      const me = await world.serving(residentId);
      const request = { residentId, slotId, doseNumber: 1 };
      if (index % 2 === 0) return world.call(contract.bookSlot, request, { ...me, ...key() });
      const held = await world.call(contract.holdSlot, request, { ...me, ...key() });
      if (!held.ok) return held;
      const { holdId } = held.value;
      return world.call(
        contract.bookSlot,
        { residentId, doseNumber: 1, holdId },
        { ...me, ...key() },
      );
    });
    const closing = new Promise<Awaited<ReturnType<typeof close>>>((resolve) =>
      setTimeout(
        () => resolve(world.call(contract.closeSession, closingRequest, { ...manager, ...key() })),
        15,
      ),
    );
    const answers = await Promise.all(rush);
    expect(await closing).toMatchObject({ ok: true });
    const faults = answers.map(codeOf).filter((code) => code !== undefined);
    // Four want each slot, of which the telephone has three seats, should the closing come last.
    const expected = ['slot_closed', 'hold_not_found', 'channel_quota_reached'];
    expect(faults.filter((code) => !expected.includes(code))).toEqual([]);
    const left = await world.sql(
      `SELECT r.id FROM reservation r JOIN slot s ON s.id = r.slot_id
       WHERE s.session_id = $1 AND r.state = 'booked'
         AND NOT EXISTS (SELECT 1 FROM work_item w WHERE w.reservation_id = r.id AND w.state = 'open')`,
      [sessionId],
    );
    expect(left).toEqual([]);
  });

  it('refuses every way to a seat from then on (B26)', async () => {
    const { sessionId, slots } = await freshSession();
    const [slotId = ''] = slots;
    const elsewhere = await freshSession();
    const mine = await world.book(elsewhere.slots[0] ?? '');
    await close(sessionId);
    for (const role of ['operator', 'senior-operator', 'city-staff', 'phone-agent'] as const) {
      const residentId = await world.resident();
      const me = await world.serving(residentId, role);
      const request = { residentId, slotId, doseNumber: 1 };
      expect(codeOf(await world.call(contract.bookSlot, request, { ...me, ...key() }))).toBe(
        'slot_closed',
      );
      expect(codeOf(await world.call(contract.holdSlot, request, { ...me, ...key() }))).toBe(
        'slot_closed',
      );
      const mover = await world.serving(mine.residentId, role);
      const moved = await world.call(
        contract.changeReservation,
        { ...mine, slotId },
        { ...mover, ...key() },
      );
      expect(codeOf(moved)).toBe('slot_closed');
    }
  });

  it('of days of a venue is all or nothing, and can be taken back', async () => {
    const { sessionId, venueCode, day, slots } = await freshSession();
    const booked = await world.book(slots[0] ?? '');
    const days = { venueCode, from: day, to: day, reason: 'typhoon' };
    const approvalId = await world.agreed({ kind: 'close-venue-days', ...days }, manager);
    const closed = await world.call(
      contract.closeVenueDays,
      { ...days, approvalId },
      { ...manager, ...key() },
    );
    expect(closed).toMatchObject({ ok: true, value: { sessions: 1, toBeCalled: 1 } });
    const again = await world.call(contract.closeVenueDays, days, { ...manager, ...key() });
    expect(codeOf(again)).toBe('session_not_found');
    const reopened = await world.call(
      contract.reopenSession,
      { sessionId },
      { ...manager, ...key() },
    );
    expect(reopened).toMatchObject({ ok: true, value: { leftTheWorklist: 1 } });
    expect(await itemsOf([booked.reservationId])).toMatchObject([
      { state: 'done', outcome: 'reopened' },
    ]);
    expect(await world.book(slots[1] ?? '')).toBeDefined();
  });

  it('is for those who administer', async () => {
    const { sessionId } = await freshSession();
    for (const role of ['operator', 'senior-operator', 'phone-agent', 'venue-staff'] as const) {
      const { token } = await world.actor(role);
      const request = { sessionId, reason: 'mischief' };
      const answer = await world.call(contract.closeSession, request, {
        actorToken: token,
        ...key(),
      });
      expect(codeOf(answer)).toBe('not_allowed');
    }
  });

  it('spares whoever moves by themselves the call', async () => {
    const { sessionId, slots } = await freshSession();
    const other = await freshSession();
    const mine = await world.book(slots[0] ?? '');
    await close(sessionId);
    const moved = await world.call(
      contract.changeReservation,
      { ...mine, slotId: other.slots[3] ?? '' },
      { ...(await world.serving(mine.residentId)), ...key() },
    );
    expect(moved.ok).toBe(true);
    await eventually('the item is settled', async () => {
      const [item] = await itemsOf([mine.reservationId]);
      return item?.outcome === 'settled-otherwise';
    });
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from './reservations-world.fixture.ts';
import { reservationsWorld } from './reservations-world.fixture.ts';

let world: ReservationsWorld;
const day = addDays(tokyoDate(new Date()), 5);
const ROLES = ['operator', 'senior-operator', 'city-staff', 'phone-agent'] as const;

beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code;

/** What can be wrong with a slot, and the code that says so. */
const WRONG: [name: string, sql: string, code: string][] = [
  ['closed', 'closed = true', 'slot_closed'],
  ['not open yet', `opens_at = now() + interval '1 minute'`, 'slot_not_open'],
  ['no longer open', `closes_at = now() - interval '1 second'`, 'slot_closed'],
  ['past', `day = day - 30`, 'slot_in_past'],
  [
    'without a seat',
    'capacity = 0, phone_quota = 0, web_quota = 0, staff_quota = 0, walk_in_quota = 0',
    'slot_full',
  ],
  [
    'cut below what is booked',
    `capacity = 1, target_capacity = 0, booked = 1, phone_taken = 1, phone_quota = 1, web_quota = 0, walk_in_quota = 0`,
    'slot_closed',
  ],
];

type Way = (role: contract.Role, slotId: string) => Promise<string | undefined>;
const fresh = async (role: contract.Role, slotId: string) => {
  const residentId = await world.resident();
  const me = await world.serving(residentId, role);
  return { me, request: { residentId, slotId, doseNumber: 1 } };
};
/** Every way to a seat of a slot. */
const WAYS: Record<string, Way> = {
  'a booking': async (role, slotId) => {
    const { me, request } = await fresh(role, slotId);
    return codeOf(await world.call(contract.bookSlot, request, { ...me, ...key() }));
  },
  'a hold': async (role, slotId) => {
    const { me, request } = await fresh(role, slotId);
    return codeOf(await world.call(contract.holdSlot, request, { ...me, ...key() }));
  },
  'a change to it': async (role, slotId) => {
    const [mine = ''] = await world.freeSlots(addDays(day, 1), 1);
    const { residentId, reservationId } = await world.book(mine);
    const me = await world.serving(residentId, role);
    const request = { residentId, reservationId, slotId };
    return codeOf(await world.call(contract.changeReservation, request, { ...me, ...key() }));
  },
  'a pair': async (role, slotId) => {
    const { me, request } = await fresh(role, slotId);
    return codeOf(await world.call(contract.bookPair, request, { ...me, ...key() }));
  },
  'a group': async (role, slotId) => {
    const residents = [await world.resident(), await world.resident()];
    const actor = await world.actor(role);
    const purposes = ['reservation' as const];
    const grant = await world.grant({ operatorId: actor.id, role, residents, purposes });
    const me = { actorToken: actor.token, grant };
    const members = residents.map((residentId) => ({ residentId, doseNumber: 1 }));
    const asked = { members, slotId, spanMinutes: 0 };
    const answer = await world.call(contract.bookGroup, asked, { ...me, ...key() });
    const why = answer.ok ? undefined : answer.refusal;
    if (why?.code !== 'group_refused') return why?.code;
    const [member] = (why.details?.['members'] ?? []) as { code: string }[];
    return member?.code;
  },
};

describe('a slot that nobody may take (B26)', () => {
  const cases = WRONG.flatMap((wrong) =>
    Object.entries(WAYS).map(([way, go]) => [wrong[0], way, wrong, go] as const),
  );
  it.each(cases)('being %s is not taken by %s of any role', async (_name, _way, wrong, go) => {
    const [, sql, code] = wrong;
    const [slotId = ''] = await world.freeSlots(day, 1);
    await world.sql(`UPDATE slot SET ${sql} WHERE id = $1`, [slotId]);
    const counts = () =>
      world.sql('SELECT capacity, booked, held, phone_taken FROM slot WHERE id = $1', [slotId]);
    const before = await counts();
    for (const role of ROLES) expect([role, await go(role, slotId)]).toEqual([role, code]);
    expect(await counts()).toEqual(before);
    await world.sql('UPDATE slot SET closed = true WHERE id = $1', [slotId]);
  });

  it('is not booked through a hold from before', async () => {
    for (const [name, sql] of WRONG.filter(
      ([wrong]) => wrong !== 'without a seat' && !wrong.startsWith('cut'),
    )) {
      const [slotId = ''] = await world.freeSlots(day, 1);
      const { me, request } = await fresh('operator', slotId);
      const held = await world.call(contract.holdSlot, request, { ...me, ...key() });
      if (!held.ok) throw new Error(held.refusal.code);
      await world.sql(`UPDATE slot SET ${sql} WHERE id = $1`, [slotId]);
      const { residentId } = request;
      const booked = await world.call(
        contract.bookSlot,
        { residentId, doseNumber: 1, holdId: held.value.holdId },
        { ...me, ...key() },
      );
      expect([name, booked.ok]).toEqual([name, false]);
      await world.sql('UPDATE slot SET closed = true WHERE id = $1', [slotId]);
    }
  });

  it('is not offered instead of another', async () => {
    const [mine = ''] = await world.freeSlots(addDays(day, 2), 1);
    const { residentId, reservationId } = await world.book(mine);
    const me = await world.serving(residentId);
    const offered = async (): Promise<string[]> => {
      const request = { residentId, reservationId };
      const found = await world.call(contract.suggestAlternatives, request, me);
      if (!found.ok) throw new Error(found.refusal.code);
      const { next, sameVenue, sameTown, elsewhere } = found.value;
      return [...next, ...sameVenue, ...sameTown, ...elsewhere].map(({ slotId }) => slotId);
    };
    for (const [name, sql] of WRONG) {
      const [slotId = ''] = await offered();
      expect(slotId).not.toBe('');
      await world.sql(`UPDATE slot SET ${sql} WHERE id = $1`, [slotId]);
      expect([name, (await offered()).includes(slotId)]).toEqual([name, false]);
    }
  });
});

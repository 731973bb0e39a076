import * as contract from '@madoguchi/contracts';
import { addDays, newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WaitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';
import { waitlistWorld } from '../offer-freed-seats/waitlist-world.fixture.ts';

let world: WaitlistWorld;
type Slot = Awaited<ReturnType<WaitlistWorld['slotOf']>>;
let slot: Slot;
let town: string;
let headJoinedAt: string;

const joinedAt = async (entryId: string) => {
  const [row] = await world.sql<{ at: Date }>(
    'SELECT joined_at AS at FROM waiting_entry WHERE id = $1',
    [entryId],
  );
  return row?.at.toISOString() ?? '';
};

const count = async (
  which: contract.RequestOf<typeof contract.countWaiting> = {},
  role: contract.Role = 'senior-operator',
) => {
  const actor = await world.actor(role);
  return world.call(contract.countWaiting, which, { actorToken: actor.token });
};
const counted = async (which?: Parameters<typeof count>[0]) => {
  const answer = await count(which);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};
/** The group of the slot's own venue, product and dose. */
const groupAt = (found: Awaited<ReturnType<typeof counted>>) =>
  found.groups.find(({ venueCode }) => venueCode === slot.venueCode);

beforeAll(async () => {
  world = await waitlistWorld();
  slot = await world.slotOf(1);
  const [venue] = await world.sql<{ town: string }>('SELECT town FROM venue WHERE code = $1', [
    slot.venueCode,
  ]);
  town = venue?.town ?? '';
  const booked = await world.book(slot.id);
  const first = await world.join(slot);
  const second = await world.join(slot, { reach: 'web' });
  headJoinedAt = await joinedAt(second.entryId);
  // One waits anywhere in the town, one anywhere at all, later in the year.
  const later = { from: addDays(slot.day, 30), to: addDays(slot.day, 60) };
  await world.join(slot, {
    ...later,
    venueCode: undefined,
    town,
    timeFrom: '04:00',
    timeTo: '04:05',
  });
  await world.join(slot, { ...later, venueCode: undefined, timeFrom: '04:00', timeTo: '04:05' });
  await world.cancel(booked);
  await world.offered(first.entryId);
});
afterAll(() => world.stop());

describe('the whole waiting list in numbers', () => {
  it('says of each place who waits, since when, for which days, and for whom a seat is kept', async () => {
    const found = await counted();
    expect(found.totals).toEqual({ groups: 3, waiting: 3, offered: 1, callsDue: 1, keptSeats: 0 });
    const group = groupAt(found);
    expect(group).toMatchObject({
      doseNumber: 1,
      waiting: 1,
      offered: 1,
      callsDue: 1,
      headJoinedAt,
      from: slot.day,
      to: slot.day,
    });
    expect((group?.earliestJoinedAt ?? '') < headJoinedAt).toBe(true);
    // Longest waiting first.
    const heads = found.groups.map((one) => one.headJoinedAt ?? '');
    expect(heads).toEqual(heads.toSorted());
    expect(heads[0]).toBe(headJoinedAt);
  });

  it('counts for a venue whoever may have a seat there: who named it, its town, or no place', async () => {
    const here = await counted({ venueCode: slot.venueCode });
    expect(here.totals).toMatchObject({ groups: 3, waiting: 3, offered: 1 });
    const [other] = await world.sql<{ code: string }>(
      'SELECT code FROM venue WHERE town <> $1 ORDER BY code LIMIT 1',
      [town],
    );
    const there = await counted({ venueCode: other?.code });
    expect(there.groups).toMatchObject([{ waiting: 1, offered: 0 }]);
    expect(there.groups[0]).not.toHaveProperty('venueCode');
    expect(there.groups[0]).not.toHaveProperty('town');
  });

  it('counts for days whoever would come on one of them', async () => {
    const numbers = async (from: number, to: number) =>
      (await counted({ from: addDays(slot.day, from), to: addDays(slot.day, to) })).totals;
    expect(await numbers(0, 29)).toMatchObject({ groups: 1, waiting: 1, offered: 1, callsDue: 1 });
    expect(await numbers(1, 29)).toMatchObject({ groups: 0, waiting: 0, offered: 0, callsDue: 0 });
    expect(await numbers(60, 90)).toMatchObject({ groups: 2, waiting: 2, offered: 0 });
  });

  it('counts seats that are on their way to the next, with those of the days and venue asked for', async () => {
    const { day, venueCode, id } = slot;
    // Nobody is judged on copies that are stale: the seat stays where it is.
    await world.sql(`UPDATE feed SET told_at = now() - interval '1 hour'`);
    await world.sql(
      `WITH kept AS (UPDATE slot SET capacity = capacity + 1, held = held + 1, phone_taken = phone_taken + 1,
         phone_quota = phone_quota + 1 WHERE id = $1 RETURNING id)
       INSERT INTO kept_seat (id, slot_id, channel)
       SELECT $2::uuid, id, 'phone' FROM kept`,
      [id, newId()],
    );
    const kept = [{ venueCode, seats: 1 }];
    expect((await counted({ venueCode, from: day, to: day })).keptSeats).toMatchObject(kept);
    expect((await counted({ from: addDays(day, 1) })).totals.keptSeats).toBe(0);
  });

  it('names nobody, and is for the desk and the city only', async () => {
    const found = JSON.stringify(await counted());
    const rows = await world.sql<{ id: string; resident: string; ticket: string | null }>(
      'SELECT id, resident_id AS resident, ticket_number AS ticket FROM waiting_entry',
    );
    for (const value of rows.flatMap(({ id, resident, ticket }) => [id, resident, ticket ?? id]))
      expect(found).not.toContain(value);
    expect((await count({}, 'city-staff')).ok).toBe(true);
    for (const role of ['operator', 'venue-staff', 'phone-agent', 'operations-manager'] as const)
      expect(await count({}, role)).toMatchObject({ ok: false, refusal: { code: 'not_allowed' } });
  });

  it('refuses a venue that there is not, and days that run backwards', async () => {
    expect(await count({ venueCode: '9999999999' })).toMatchObject({
      refusal: { code: 'venue_not_found' },
    });
    expect(await count({ from: '2027-02-01', to: '2027-01-01' })).toMatchObject({
      refusal: { code: 'malformed_request' },
    });
  });
});

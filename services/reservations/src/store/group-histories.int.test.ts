import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from './reservations-world.fixture.ts';
import { reservationsWorld } from './reservations-world.fixture.ts';

// Bookings that hang together, six commands at a time on a few slots: whatever the order, seats are counted
// once, groups are whole when they are booked, and no dose is booked without the one before it.
const VENUE = '1312300011';
const PEOPLE = 5;
const CAPACITY = 3;
const today = tokyoDate(new Date());
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld();
});
afterAll(() => world.stop());

type Step = {
  verb: 'pair' | 'group' | 'companion' | 'move' | 'cancel' | 'cancel-all' | 'hold';
  person: number;
  slot: number;
};
const steps = fc.array(
  fc.record<Step>({
    verb: fc.constantFrom('pair', 'group', 'companion', 'move', 'cancel', 'cancel-all', 'hold'),
    person: fc.nat(PEOPLE - 1),
    slot: fc.nat(5),
  }),
  { minLength: 8, maxLength: 24 },
);

/** Three slots of a day, and three of the day three weeks later, with few seats. */
async function freshSlots(offset: number): Promise<string[]> {
  const slots: string[] = [];
  for (const days of [offset, offset + 21])
    slots.push(
      ...(await world.slotsAt(VENUE, addDays(today, days))).slice(0, 3).map(({ id }) => id),
    );
  await world.setSeats(slots, CAPACITY);
  return slots;
}

type Party = { residents: string[]; slots: string[] };

async function perform(step: Step, { residents, slots }: Party): Promise<string> {
  const residentId = residents[step.person] ?? '';
  const other = residents[(step.person + 1) % PEOPLE] ?? '';
  const slotId = slots[step.slot] ?? '';
  const me = { ...(await world.servingAll(residents)), idempotencyKey: newId() };
  const bookings = await world.sql<{ id: string; owner: string }>(
    `SELECT id, resident_id AS owner FROM reservation WHERE resident_id = ANY($1) AND state = 'booked'
     ORDER BY dose_number`,
    [residents],
  );
  const own = bookings.find(({ owner }) => owner === residentId)?.id ?? newId();
  const { call } = world;
  const answer = await {
    pair: () => call(contract.bookPair, { residentId, slotId }, me),
    group: () => {
      const members = [residentId, other].map((id) => ({ residentId: id, doseNumber: 1 }));
      return call(contract.bookGroup, { members, slotId, spanMinutes: 20 }, me);
    },
    companion: () => {
      const besideReservationId = bookings[0]?.id ?? newId();
      return call(contract.bookCompanion, { residentId, doseNumber: 1, besideReservationId }, me);
    },
    move: () => call(contract.changeReservation, { residentId, reservationId: own, slotId }, me),
    cancel: () =>
      call(contract.cancelReservation, { residentId, reservationId: own, reason: 'other' }, me),
    'cancel-all': () =>
      call(
        contract.cancelReservation,
        { residentId, reservationId: own, reason: 'other', withFollowing: true },
        me,
      ),
    hold: () => call(contract.holdSlot, { residentId, slotId, doseNumber: 1 }, me),
  }[step.verb]();
  return answer.ok ? `${step.verb} done` : answer.refusal.code;
}

describe('after any order of bookings that hang together, several at once (I1, I2)', () => {
  it('seats agree with the rows, and no dose dangles', async () => {
    const seen = new Set<string>();
    let offset = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        offset = (offset % 18) + 1;
        const residents = await Promise.all(Array.from({ length: PEOPLE }, () => world.resident()));
        const slots = await freshSlots(offset);
        for (let at = 0; at < history.length; at += 6)
          for (const code of await Promise.all(
            history.slice(at, at + 6).map((step) => perform(step, { residents, slots })),
          ))
            seen.add(code);
        const wrong = await world.sql(
          `SELECT s.id, s.booked, s.held, s.capacity FROM slot s
           WHERE s.booked <> (SELECT count(*) FROM reservation r WHERE r.slot_id = s.id AND r.state <> 'cancelled')
              OR s.held <> (SELECT count(*) FROM hold h WHERE h.slot_id = s.id) OR s.booked + s.held > s.capacity`,
        );
        expect(wrong).toEqual([]);
        const dangling = await world.sql(
          `SELECT r.id FROM reservation r WHERE r.state = 'booked' AND r.dose_number = 2
             AND NOT EXISTS (SELECT 1 FROM reservation one JOIN slot a ON a.id = one.slot_id
               JOIN slot b ON b.id = r.slot_id WHERE one.resident_id = r.resident_id AND one.dose_number = 1
               AND one.state = 'booked' AND b.day - a.day >= 21)`,
        );
        expect(dangling).toEqual([]);
      }),
      { numRuns: 20 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'pair done',
        'group done',
        'companion done',
        'move done',
        'cancel-all done',
      ]),
    );
    for (const fault of ['internal_fault', 'deadline_exceeded', 'dependency_unavailable'])
      expect([...seen]).not.toContain(fault);
  }, 60_000);
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { testWorld } from '@madoguchi/testing/test-world';
import type { TestWorld } from '@madoguchi/testing/test-world';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { reservations } from '../service.ts';

// Counts are kept on the slot and rows beside them: after any order of commands the two must agree.
const PEOPLE = 6;
const SLOTS = 4;
const CAPACITY = 2;
const tomorrow = addDays(tokyoDate(new Date()), 1);

let world: TestWorld;
let service: RunningService;

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(reservations);
  await seedAlone(service.runtime);
});
afterAll(() => world.stop());

const rowsOf = <Row>(text: string, values: unknown[] = []) =>
  world.sql<Row>('reservations', text, values);

async function callers() {
  return Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      const residentId = newId();
      await rowsOf(
        `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
         VALUES ($1, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false)`,
        [residentId],
      );
      const operator = await world.actor('operator');
      const grant = await world.grant({
        operatorId: operator.id,
        residents: [residentId],
        purposes: ['reservation'],
      });
      return { residentId, me: { actorToken: operator.token, grant } };
    }),
  );
}

type Caller = Awaited<ReturnType<typeof callers>>[number];
type Step = { verb: 'book' | 'change' | 'cancel'; person: number; slot: number };

async function freshSlots(): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    `UPDATE slot SET capacity = $2, phone_quota = $2, web_quota = 0, walk_in_quota = 0 WHERE id IN
       (SELECT id FROM slot WHERE day > $1 AND capacity > $2 AND booked + held = 0 ORDER BY id LIMIT $3)
     RETURNING id`,
    [tomorrow, CAPACITY, SLOTS],
  );
  return rows.map((row) => row.id);
}

/** What an acknowledged command left behind, as the caller would remember it. */
async function perform(step: Step, { residentId, me }: Caller, slotId: string): Promise<string> {
  const keyed = { ...me, idempotencyKey: newId() };
  if (step.verb === 'book') {
    const answer = await world.call(
      contract.bookSlot,
      { residentId, doseNumber: 1, slotId },
      keyed,
    );
    return answer.ok ? 'ok' : answer.refusal.code;
  }
  const [live] = await rowsOf<{ id: string }>(
    `SELECT id FROM reservation WHERE resident_id = $1 ORDER BY booked_at DESC LIMIT 1`,
    [residentId],
  );
  const reservationId = live?.id ?? newId();
  const answer =
    step.verb === 'change'
      ? await world.call(contract.changeReservation, { residentId, reservationId, slotId }, keyed)
      : await world.call(
          contract.cancelReservation,
          { residentId, reservationId, reason: 'own-wish' },
          keyed,
        );
  return answer.ok ? 'ok' : answer.refusal.code;
}

const steps = fc.array(
  fc.record<Step>({
    verb: fc.constantFrom('book', 'book', 'change', 'cancel'),
    person: fc.nat(PEOPLE - 1),
    slot: fc.nat(SLOTS - 1),
  }),
  { minLength: 8, maxLength: 24 },
);

describe('after any order of commands, several at once (I1, I2)', () => {
  it('counts agree with the rows, nothing is oversold and nobody is booked twice', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const [people, slots] = await Promise.all([callers(), freshSlots()]);
        expect(slots).toHaveLength(SLOTS);
        const answers: string[] = [];
        for (let at = 0; at < history.length; at += 6) {
          const together = history.slice(at, at + 6).map(async (step) => {
            const person = people[step.person];
            return person ? perform(step, person, slots[step.slot] ?? '') : 'nobody';
          });
          answers.push(...(await Promise.all(together)));
        }
        expect(answers).not.toContain('internal_fault');
        const counts = await rowsOf<{ booked: number; held: number; taken: number; live: number }>(
          `SELECT s.booked, s.held, s.phone_taken AS taken,
             (SELECT count(*)::int FROM reservation r WHERE r.slot_id = s.id AND r.state = 'booked') AS live
           FROM slot s WHERE s.id = ANY($1)`,
          [slots],
        );
        for (const { booked, held, taken, live } of counts) {
          expect({ booked, held, taken }).toEqual({ booked: live, held: 0, taken: live });
          expect(live).toBeLessThanOrEqual(CAPACITY);
        }
        const twice = await rowsOf(
          `SELECT resident_id FROM reservation WHERE state = 'booked' AND resident_id = ANY($1)
           GROUP BY resident_id, dose_number HAVING count(*) > 1`,
          [people.map((person) => person.residentId)],
        );
        expect(twice).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

describe('the database has the last word', () => {
  it.each([
    ['one seat too many', 'UPDATE slot SET booked = capacity + 1', 'slot_never_oversold'],
    ['a seat below none', 'UPDATE slot SET held = -1', 'slot_'],
    ['a capacity below what is taken', 'UPDATE slot SET booked = 1, capacity = 0', 'slot_'],
    [
      'more promised than there is',
      'UPDATE slot SET phone_quota = capacity, web_quota = 1',
      'slot_',
    ],
    [
      'a seat that was promised to another channel',
      'UPDATE slot SET booked = web_quota + 1, web_taken = web_quota + 1, phone_quota = capacity - web_quota',
      'slot_promises_kept',
    ],
    ['a seat of no channel', 'UPDATE slot SET booked = 1', 'slot_taken'],
  ])('refuses %s', async (_what, statement, constraint) => {
    await expect(rowsOf(statement)).rejects.toMatchObject({
      code: '23514',
      constraint: expect.stringContaining(constraint),
    });
  });

  it('refuses a second live booking of a dose, and allows one after a cancellation', async () => {
    const residentId = newId();
    const [slot] = await rowsOf<{ id: string }>('SELECT id FROM slot LIMIT 1');
    const insert = (state: string) =>
      rowsOf(
        `INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
           channel, confirmation_number, booked_by, booked_at)
         VALUES ($1, '131237', $2, 'autumn', 1, $3, $4, 'phone', $5, 'test', now())`,
        [newId(), residentId, slot?.id, state, newId()],
      );
    await insert('cancelled');
    await insert('booked');
    await expect(insert('booked')).rejects.toMatchObject({
      constraint: 'reservation_one_live_per_dose',
    });
    await expect(insert('attended')).rejects.toMatchObject({
      constraint: 'reservation_one_live_per_dose',
    });
  });
});

import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { testWorld } from '@madoguchi/testing/test-world';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { reservations } from '../service.ts';

// Three processes' worth of the service over one database: each collects its own batches.
const INSTANCES = 3;
const day = addDays(tokyoDate(new Date()), 2);

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
  for (let count = 0; count < INSTANCES; count += 1) {
    const service = await world.start(reservations);
    await seedAlone(service.runtime);
  }
});
afterAll(() => world.stop());

const rows = <Row>(text: string, values: unknown[] = []) =>
  world.sql<Row>('reservations', text, values);

async function callers(count: number) {
  const ids = Array.from({ length: count }, () => newId());
  await rows(
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     SELECT id, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false FROM unnest($1::uuid[]) AS id`,
    [ids],
  );
  const operator = await world.actor('operator');
  return Promise.all(
    ids.map(async (residentId) => ({
      residentId,
      actorToken: operator.token,
      grant: await world.grant({
        operatorId: operator.id,
        residents: [residentId],
        purposes: ['reservation'],
      }),
    })),
  );
}

const book = ({ residentId, ...me }: Awaited<ReturnType<typeof callers>>[number], slotId: string) =>
  world.call(
    contract.bookSlot,
    { residentId, doseNumber: 1, slotId },
    { ...me, idempotencyKey: newId() },
  );

async function slots(count: number, capacity: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    `UPDATE slot SET capacity = $2, phone_quota = $2, web_quota = 0, walk_in_quota = 0 WHERE id IN
       (SELECT id FROM slot WHERE day = $1 AND booked + held = 0 ORDER BY id LIMIT $3) RETURNING id`,
    [day, capacity, count],
  );
  return found.map(({ id }) => id);
}

describe('bookings of several instances', () => {
  it('fill the same few slots to the last seat and no further', async () => {
    const ids = await slots(5, 20);
    const people = await callers(200);
    const answers = await Promise.all(people.map((one, index) => book(one, ids[index % 5] ?? '')));
    expect(answers.filter((one) => one.ok)).toHaveLength(100);
    expect(answers.flatMap((one) => (one.ok ? [] : [one.refusal.code]))).toEqual(
      Array.from({ length: 100 }, () => 'slot_full'),
    );
    const counts = await rows<{ booked: number; live: number }>(
      `SELECT booked, (SELECT count(*)::int FROM reservation r WHERE r.slot_id = s.id) AS live
       FROM slot s WHERE id = ANY($1)`,
      [ids],
    );
    expect(counts).toEqual(ids.map(() => ({ booked: 20, live: 20 })));
    const numbers = answers.flatMap((one) => (one.ok ? [one.value.confirmationNumber] : []));
    expect(new Set(numbers).size).toBe(100);
  });

  it('tell and log each under the name of who asked', async () => {
    const [id = ''] = await slots(1, 10);
    const [one, two] = [await callers(1), await callers(1)].flat();
    if (!one || !two) throw new Error('no callers');
    await Promise.all([book(one, id), book(two, id)]);
    const written = await rows<{ actor: string; resident: string }>(
      `SELECT entry->>'actorId' AS actor, entry->'residents'->>0 AS resident FROM relay.audit_entry
       WHERE entry->'residents'->>0 = ANY($1) AND entry->>'action' = 'change' ORDER BY 2`,
      [[one.residentId, two.residentId]],
    );
    expect(written.map(({ resident }) => resident)).toEqual(
      [one.residentId, two.residentId].toSorted(),
    );
    expect(new Set(written.map(({ actor }) => actor)).size).toBe(2);
    const facts = await rows(
      `SELECT 1 FROM relay.outbox WHERE subject = 'ev.reservations.reservation.booked.v1'
       AND payload->>'residentId' = ANY($1)`,
      [[one.residentId, two.residentId]],
    );
    expect(facts).toHaveLength(2);
  });

  it('are not spoiled by a neighbour whom the database itself refuses', async () => {
    const [good = '', bad = ''] = await slots(2, 60);
    const people = await callers(60);
    // A rule of the database that the service knows nothing of, for one slot only.
    await rows(`ALTER TABLE reservation ADD CONSTRAINT planted CHECK (slot_id <> '${bad}')`);
    try {
      const answers = await Promise.all(
        people.map((one, index) => book(one, index % 10 === 3 ? bad : good)),
      );
      for (const [index, answer] of answers.entries())
        expect(answer.ok || answer.refusal.code, String(index)).toBe(
          index % 10 === 3 ? 'internal_fault' : true,
        );
      expect(await rows('SELECT booked, held FROM slot WHERE id = $1', [bad])).toEqual([
        { booked: 0, held: 0 },
      ]);
      expect(await rows('SELECT booked, held FROM slot WHERE id = $1', [good])).toEqual([
        { booked: 54, held: 0 },
      ]);
    } finally {
      await rows('ALTER TABLE reservation DROP CONSTRAINT planted');
    }
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { testWorld } from '@madoguchi/testing/test-world';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { reservations } from '../service.ts';

let world: TestWorld;
let service: RunningService;
const tomorrow = addDays(tokyoDate(new Date()), 1);

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(reservations);
  await seedAlone(service.runtime);
});
afterAll(() => world.stop());

const resident = async (): Promise<string> => {
  const id = newId();
  await world.sql(
    'reservations',
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     VALUES ($1, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false)`,
    [id],
  );
  return id;
};
const serving = async (residentId: string) => {
  const operator = await world.actor('operator');
  const caseId = newId();
  const grant = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: ['reservation'],
    caseId,
  });
  return { actorToken: operator.token, grant };
};
type Serving = Awaited<ReturnType<typeof serving>>;
const slotsOf = async (day: string, count: number): Promise<string[]> => {
  const rows = await world.sql<{ id: string }>(
    'reservations',
    `SELECT id FROM slot WHERE day = $1 AND booked + held = 0 ORDER BY id LIMIT $2`,
    [day, count],
  );
  return rows.map((row) => row.id);
};
const held = async (slotId: string): Promise<number> => {
  const [row] = await world.sql<{ held: number }>(
    'reservations',
    'SELECT held FROM slot WHERE id = $1',
    [slotId],
  );
  return row?.held ?? -1;
};
const hold = (me: Serving, residentId: string, slotId: string) =>
  world.call(
    contract.holdSlot,
    { residentId, slotId, doseNumber: 1 },
    { ...me, idempotencyKey: newId() },
  );

describe('a hold of a resident', () => {
  it('makes way when the line dropped and another operator serves the same caller', async () => {
    const residentId = await resident();
    const [first = '', second = ''] = await slotsOf(tomorrow, 2);
    expect(await hold(await serving(residentId), residentId, first)).toMatchObject({ ok: true });
    expect(await hold(await serving(residentId), residentId, second)).toMatchObject({ ok: true });
    expect([await held(first), await held(second)]).toEqual([0, 1]);
  });

  it('can be taken again on the last seat, which is its own', async () => {
    const residentId = await resident();
    const [slotId = ''] = await slotsOf(addDays(tomorrow, 1), 1);
    await world.sql(
      'reservations',
      'UPDATE slot SET capacity = 1, phone_quota = 1, web_quota = 0, walk_in_quota = 0 WHERE id = $1',
      [slotId],
    );
    const me = await serving(residentId);
    expect(await hold(me, residentId, slotId)).toMatchObject({ ok: true });
    expect(await hold(me, residentId, slotId)).toMatchObject({ ok: true });
    expect(await held(slotId)).toBe(1);
  });

  it('stays when the slot wanted instead is full', async () => {
    const residentId = await resident();
    const [mine = '', full = ''] = await slotsOf(addDays(tomorrow, 2), 2);
    await world.sql(
      'reservations',
      'UPDATE slot SET capacity = 0, phone_quota = 0, web_quota = 0, walk_in_quota = 0 WHERE id = $1',
      [full],
    );
    const me = await serving(residentId);
    expect(await hold(me, residentId, mine)).toMatchObject({ ok: true });
    expect(await hold(me, residentId, full)).toMatchObject({ refusal: { code: 'slot_full' } });
    expect(await held(mine)).toBe(1);
  });

  it('trades places with others at once without a fault (F20)', async () => {
    const [one = '', two = ''] = await slotsOf(addDays(tomorrow, 3), 2);
    await world.sql(
      'reservations',
      'UPDATE slot SET capacity = 20, phone_quota = 20, web_quota = 0, walk_in_quota = 0 WHERE id = ANY($1)',
      [[one, two]],
    );
    const callers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const residentId = await resident();
        return { residentId, me: await serving(residentId) };
      }),
    );
    const faults: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all(
        callers.map(({ me, residentId }, index) =>
          hold(me, residentId, (index + round) % 2 === 0 ? one : two),
        ),
      );
      for (const answer of answers) if (!answer.ok) faults.push(answer.refusal.code);
    }
    expect(faults).toEqual([]);
    expect([await held(one), await held(two)]).toEqual([4, 4]);
  });
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

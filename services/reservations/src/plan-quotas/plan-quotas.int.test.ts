import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { PHONE_AND_WEB, reservationsWorld } from '../store/reservations-world.fixture.ts';
import { applyQuotas } from './apply-quotas.ts';

let world: ReservationsWorld;
let manager: { actorToken: string };
let dayOfTest = 1;
let late = 0;
const clock = { now: () => new Date(Date.now() + late) };
beforeAll(async () => {
  world = await reservationsWorld({ clock });
  await world.sql(PHONE_AND_WEB);
  manager = { actorToken: (await world.actor('operations-manager')).token };
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const freshSession = async () => {
  const day = addDays(tokyoDate(new Date()), dayOfTest);
  dayOfTest += 1;
  const [row] = await world.sql<{ sessionId: string; slotId: string }>(
    `SELECT s.session_id AS "sessionId", s.id AS "slotId" FROM slot s JOIN session e ON e.id = s.session_id
     WHERE s.day = $1 AND s.starts_at = '09:10' ORDER BY e.venue_code LIMIT 1`,
    [day],
  );
  if (!row) throw new Error('no session');
  return row;
};
const plan = (sessionId: string, at: Date, quotas: Partial<contract.Quotas>) =>
  world.call(
    contract.planQuotas,
    {
      sessionId,
      at: at.toISOString(),
      quotas: { phone: 0, web: 0, staff: 0, 'walk-in': 0, ...quotas },
    },
    { ...manager, ...key() },
  );
const quotasOf = async (slotId: string) => {
  const [row] = await world.sql<{ phone: number; web: number }>(
    'SELECT phone_quota AS phone, web_quota AS web FROM slot WHERE id = $1',
    [slotId],
  );
  return row;
};
const asResident = async (slotId: string, times: number): Promise<string[]> => {
  const codes: string[] = [];
  for (let one = 0; one < times; one += 1) {
    // The web has no door yet; its seats are counted as the channel's, whoever moves them.
    const moved = await world
      .sql('UPDATE slot SET web_taken = web_taken + 1, booked = booked + 1 WHERE id = $1', [slotId])
      .then(() => 'taken')
      .catch(() => 'refused');
    codes.push(moved);
  }
  return codes;
};

describe('other promises from an instant on', () => {
  it('hold when it comes, once, however many ask at once', async () => {
    const { sessionId, slotId } = await freshSession();
    expect((await plan(sessionId, new Date(Date.now() + 3_600_000), { phone: 6 })).ok).toBe(true);
    await applyQuotas(world.runtime)();
    expect(await quotasOf(slotId)).toEqual({ phone: 3, web: 3 });
    await plan(sessionId, new Date(Date.now() - 1_000), { phone: 1, web: 5 });
    await Promise.all(Array.from({ length: 4 }, applyQuotas(world.runtime)));
    expect(await quotasOf(slotId)).toEqual({ phone: 1, web: 5 });
    const applied = await world.sql<{ version: number }>(
      'SELECT version FROM session WHERE id = $1',
      [sessionId],
    );
    expect(applied).toEqual([{ version: 2 }]);
  });

  it('of several hold in their order', async () => {
    const { sessionId, slotId } = await freshSession();
    const hour = 3_600_000;
    await plan(sessionId, new Date(Date.now() + 2 * hour), { phone: 2, web: 4 });
    await plan(sessionId, new Date(Date.now() + hour), { phone: 5, web: 1 });
    late = 3 * hour;
    await applyQuotas(world.runtime)();
    await eventually('both are applied', async () => {
      const waiting = await world.sql(
        'SELECT 1 FROM quota_plan WHERE session_id = $1 AND applied_at IS NULL',
        [sessionId],
      );
      return waiting.length === 0;
    });
    late = 0;
    expect(await quotasOf(slotId)).toEqual({ phone: 2, web: 4 });
  });

  it('let the web empty neither what the telephone had nor what it is given', async () => {
    const { sessionId, slotId } = await freshSession();
    expect(await asResident(slotId, 4)).toEqual(['taken', 'taken', 'taken', 'refused']);
    await plan(sessionId, new Date(Date.now() - 1_000), { phone: 4, web: 2 });
    await applyQuotas(world.runtime)();
    // Three are sold to the web, so only three can be kept for the telephone.
    expect(await quotasOf(slotId)).toEqual({ phone: 3, web: 2 });
    expect(await asResident(slotId, 1)).toEqual(['refused']);
    for (let seat = 0; seat < 3; seat += 1) await world.book(slotId);
    await expect(world.book(slotId)).rejects.toThrow('slot_full');
  });

  it('are refused where they are more than the seats', async () => {
    const { sessionId } = await freshSession();
    const answer = await plan(sessionId, new Date(), { phone: 4, web: 3 });
    expect(answer).toMatchObject({ refusal: { code: 'session_pattern_wrong' } });
  });
});

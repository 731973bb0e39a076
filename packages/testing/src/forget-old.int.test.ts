import { forgetOld, KEPT_DAYS } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentService } from './silent-service.fixture.ts';
import type { TestWorld } from './test-world.ts';
import { testWorld } from './test-world.ts';

let world: TestWorld;
let service: RunningService;
const now = new Date('2026-11-24T00:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(silentService);
});
afterAll(() => world.stop());

const outbox = (recorded: Date, published: Date | null) =>
  world.sql(
    'calls',
    `INSERT INTO relay.outbox (event_id, subject, aggregate_id, aggregate_version, payload, recorded_at, published_at)
     VALUES ($1, 'ev.calls.case.ended.v1', 'a', 1, '{}', $2, $3)`,
    [newId(), recorded, published],
  );
const left = async (table: string) =>
  (await world.sql<{ n: number }>('calls', `SELECT count(*)::int AS n FROM relay.${table}`))[0]?.n;

describe('rows of the house tables', () => {
  it('are kept as long as they are needed, and no longer, by the role the service works as', async () => {
    // The relay would publish what waits; here nothing may.
    await world.nats.kill();
    await outbox(daysAgo(KEPT_DAYS.outbox + 1), daysAgo(KEPT_DAYS.outbox + 1));
    await outbox(daysAgo(KEPT_DAYS.outbox - 1), daysAgo(KEPT_DAYS.outbox - 1));
    await outbox(daysAgo(KEPT_DAYS.outbox + 1), null);
    for (const days of [KEPT_DAYS.inbox + 1, KEPT_DAYS.inbox - 1])
      await world.sql('calls', 'INSERT INTO relay.inbox VALUES ($1, $2, $3)', [
        'reader',
        newId(),
        daysAgo(days),
      ]);
    for (const days of [KEPT_DAYS.idempotency + 1, KEPT_DAYS.idempotency - 1])
      await world.sql(
        'calls',
        `INSERT INTO relay.idempotency VALUES ('me', 'calls.open-case', $1, 'digest', '{}', $2)`,
        [newId(), daysAgo(days)],
      );
    expect(await forgetOld(service.runtime.database, now)).toBe(3);
    expect([await left('outbox'), await left('inbox'), await left('idempotency')]).toEqual([
      2, 1, 1,
    ]);
    expect(await forgetOld(service.runtime.database, now)).toBe(0);
  });
});

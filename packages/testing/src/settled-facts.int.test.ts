import { newId } from '@madoguchi/kernel';
import { settledFacts } from '@madoguchi/messaging/settled-facts';
import type { RunningService } from '@madoguchi/service';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentService } from './silent-service.fixture.ts';
import type { TestWorld } from './test-world.ts';
import { eventually, testWorld } from './test-world.ts';

let world: TestWorld;
let service: RunningService;
const A_LITTLE_MS = 150;
const aLittle = () => new Promise((resolve) => setTimeout(resolve, A_LITTLE_MS));

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(silentService);
});
afterAll(() => world.stop());

/** A fact told by hand; its position. */
async function tell(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ position: string }>(
    `INSERT INTO relay.outbox (event_id, subject, aggregate_id, aggregate_version, payload)
     VALUES ($1, 'ev.calls.case.ended.v1', 'a', 1, '{}') RETURNING position`,
    [newId()],
  );
  return Number(rows[0]?.position);
}

const waiting = async (): Promise<number> => {
  const [row] = await world.sql<{ n: number }>(
    'calls',
    'SELECT count(*)::int AS n FROM relay.outbox WHERE published_at IS NULL',
  );
  return row?.n ?? -1;
};

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client(service.runtime.database.pool.options);
  await client.connect();
  return client;
};

describe('what is told for good', () => {
  it('ends before the position of a writer that is still at work, whoever committed since', async () => {
    const [slow, quick, relay] = await Promise.all([connect(), connect(), connect()]);
    const settled = settledFacts(relay);
    const first = await tell(quick);
    expect(await settled()).toBe(first);

    await slow.query('BEGIN');
    const early = await tell(slow);
    const late = await tell(quick);
    expect(late).toBeGreaterThan(early);
    for (let turn = 0; turn < 3; turn += 1) {
      await aLittle();
      expect(await settled()).toBe(first);
    }
    await slow.query('COMMIT');
    await aLittle();
    expect(await settled()).toBe(late);

    // One writer after another is always at work: what was told before them is still settled.
    await slow.query('BEGIN');
    await tell(slow);
    await aLittle();
    expect(await settled()).toBe(late);
    await quick.query('BEGIN');
    const next = await tell(quick);
    await slow.query('ROLLBACK');
    await aLittle();
    expect(await settled()).toBeLessThan(next);
    expect(await settled()).toBeGreaterThan(late);
    await quick.query('ROLLBACK');
    await Promise.all([slow, quick, relay].map((client) => client.end()));
  });

  it('is not all that is carried: a late commit and a fact marked to travel again are, too', async () => {
    await eventually('all published', async () => (await waiting()) === 0);
    const [slow, quick] = await Promise.all([connect(), connect()]);
    await slow.query('BEGIN');
    const early = await tell(slow);
    for (let count = 0; count < 5; count += 1) {
      await tell(quick);
      await aLittle();
    }
    await eventually('the others published', async () => (await waiting()) === 0);
    await slow.query('COMMIT');
    await eventually('the late one published', async () => (await waiting()) === 0);
    await world.sql('calls', 'UPDATE relay.outbox SET published_at = NULL WHERE position = $1', [
      early,
    ]);
    await eventually('published again', async () => (await waiting()) === 0);
    await Promise.all([slow, quick].map((client) => client.end()));
  });
});

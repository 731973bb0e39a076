import type { Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import { openDatabase } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import { defineService } from '@madoguchi/service';
import { createTelemetry } from '@madoguchi/telemetry';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../service.ts';
import { walkLog } from '../verify-log/verify-log.ts';

const withoutPrisma = () => ({ $disconnect: async () => undefined });
/** Any service that writes entries. */
const writing = (name: 'calls' | 'notices') =>
  defineService({
    name,
    config: {},
    prisma: {
      directory: new URL(`../../../${name}/prisma/`, import.meta.url),
      client: withoutPrisma,
    },
    wire: () => [],
  });
const who: Who = {
  municipalityCode: MUNICIPALITY,
  actorId: 'somebody',
  role: 'operator',
  correlationId: newId(),
};

/** A deferred rule is looked at by COMMIT, so it fails after the numbers were taken. */
const FAIL_AT_COMMIT = `INSERT INTO one_of_each VALUES (1), (1)`;

let world: TestWorld;
let database: Database;
let logUrl = '';
const logged: string[] = [];

beforeAll(async () => {
  world = await testWorld({
    telemetryOf: (service) =>
      createTelemetry({
        service,
        level: 'error',
        destination: { write: (line) => void logged.push(line) },
      }),
  });
  logUrl = (await world.start(audit)).runtime.config.DATABASE_URL ?? '';
  database = (await world.start(writing('calls'))).runtime.database;
  await world.sql(
    'calls',
    'CREATE TABLE one_of_each (n int UNIQUE DEFERRABLE INITIALLY DEFERRED); GRANT ALL ON one_of_each TO PUBLIC',
  );
});
afterAll(() => world.stop());

const write = (count = 1, end: 'commit' | 'fail' = 'commit') =>
  database.transaction(who, async (tx) => {
    for (let index = 0; index < count; index += 1)
      tx.audit({ action: 'case', operation: 'calls.open-case', outcome: 'done' });
    await tx.query('SELECT pg_sleep(random() * 0.01)');
    if (end === 'fail') await tx.query(FAIL_AT_COMMIT);
  });
const lanes = () =>
  world.sql<{ lane: number; entries: number; last: number }>(
    'calls',
    `SELECT lane::int, count(*)::int AS entries, max(seq)::int AS last
     FROM relay.audit_entry GROUP BY lane ORDER BY lane`,
  );
const written = async (): Promise<number> =>
  (await lanes()).reduce((sum, { entries }) => sum + entries, 0);
const inLog = async (): Promise<number> => {
  const [row] = await world.sql<{ n: number }>('audit', 'SELECT count(*)::int AS n FROM log_entry');
  return row?.n ?? 0;
};

/** Holds lanes as commits under way do, while something is done. */
async function whileTaken(which: string, work: () => Promise<void>): Promise<void> {
  const url = new URL((await world.environmentOf('calls'))['DATABASE_URL'] ?? '');
  const holder = new pg.Client({ connectionString: url.href });
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query(`SELECT 1 FROM relay.audit_lane WHERE ${which} FOR UPDATE`);
    await work();
    await holder.query('ROLLBACK');
  } finally {
    await holder.end();
  }
}

describe('entries that are written at once', () => {
  it('have numbers without a gap in every lane, in the log too, whatever failed between them', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 300 }, (_, index) =>
        write(1 + (index % 3), index % 5 === 4 ? 'fail' : 'commit'),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(60);
    const used = await lanes();
    expect(used.length).toBeGreaterThan(1);
    for (const { entries, last } of used) expect(entries).toBe(last);
    const total = await written();
    await eventually('every entry is in the log', async () => (await inLog()) === total);
    expect(await walkLog(logUrl)).toMatchObject({ whole: true, entries: total });
    expect(logged).toEqual([]);
  });

  it('do not wait for a commit that holds a lane, and do for one that holds the last', async () => {
    await whileTaken('lane < 16', async () => {
      await write();
      expect((await lanes()).map(({ lane }) => lane)).toContain(16);
    });
    let done = false;
    let waiting: Promise<void> | undefined;
    await whileTaken('true', async () => {
      waiting = write().then(() => void (done = true));
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(done).toBe(false);
    });
    await waiting;
    for (const { entries, last } of await lanes()) expect(entries).toBe(last);
  });
});

describe('an entry that is removed on its way', () => {
  it('is missed at once, and for good', async () => {
    // Nothing is sent before the service is there.
    const url = (await world.environmentOf('notices'))['DATABASE_URL'] ?? '';
    const early = openDatabase({ url, name: 'early', prisma: withoutPrisma });
    for (let turn = 0; turn < 3; turn += 1)
      await early.transaction(who, async (tx) =>
        tx.audit({ action: 'print', operation: 'notices.print-ticket', outcome: 'done' }),
      );
    await expect(early.pool.query('DELETE FROM relay.audit_entry')).rejects.toThrow(
      'permission denied',
    );
    await expect(early.pool.query('UPDATE relay.audit_entry SET seq = 9')).rejects.toThrow(
      'permission denied',
    );
    await early.close();
    await world.sql('notices', 'DELETE FROM relay.audit_entry WHERE seq = 2');
    await world.start(writing('notices'));
    await eventually('the alarm', async () =>
      logged.some((line) => line.includes('audit entries are missing from a writer')),
    );
    const verdict = await eventually('the finding', async () => {
      const found = await walkLog(logUrl);
      return !found.whole && found;
    });
    expect(verdict.findings).toMatchObject([{ kind: 'gap', writer: 'notices' }]);
  });
});

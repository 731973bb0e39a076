import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calendarDate } from '@madoguchi/kernel';
import { inventResidents } from '@madoguchi/registry/invent-residents/invent-residents';
import { writeResidentsFile } from '@madoguchi/registry/invent-residents/write-residents-file';
import { registry } from '@madoguchi/registry/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const COUNT = 20_000;
const child = fileURLToPath(new URL('../bench/import-once.ts', import.meta.url));
/** Rows that an import writes together. */
const LOT_SIZE = 7_000;
/** 宛名番号 in the order of the file. */
const numbers: string[] = [];
let world: TestWorld;
let folder: string;
let file: string;
beforeAll(async () => {
  world = await testWorld();
  await world.start(registry);
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-kill-'));
  file = join(folder, 'residents.csv');
  const options = { count: COUNT, seed: 3, today: calendarDate('2026-11-24') };
  for (const row of inventResidents(options)) numbers.push(row.宛名番号 ?? '');
  await writeResidentsFile(file, inventResidents(options));
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const countOf = async (): Promise<number> => {
  const [row] = await world.sql<{ count: number }>(
    'registry',
    'SELECT count(*)::int AS count FROM resident',
  );
  return row?.count ?? 0;
};
/** What the register holds but for ids and versions, and how many times each person was announced. */
const checksum = async (): Promise<unknown[]> =>
  world.sql(
    'registry',
    `SELECT count(*)::int AS people, md5(string_agg(to_jsonb(r) - 'id' #>> '{}', '' ORDER BY addressee_number)) AS content,
       (SELECT count(*)::int FROM residency_event) AS events,
       (SELECT sum(jsonb_array_length(payload->'residents'))::int FROM relay.outbox
        WHERE subject = 'ev.registry.residents.changed.v1') AS announced
     FROM resident r`,
  );
const start = async () => {
  const { DATABASE_URL: url = '' } = await world.environmentOf('registry');
  return spawn(process.execPath, [child, url, file], { stdio: ['ignore', 'pipe', 'inherit'] });
};
type Counts = { added: number; unchanged: number; changed: number };
/** Another run has its turn: the one refusal that is expected here; any other end fails the test. */
const RUNNING = 'import_running';
const finished = async (): Promise<Counts | typeof RUNNING> => {
  const running = await start();
  let told = '';
  running.stdout.on('data', (text: Buffer) => (told += text.toString()));
  await new Promise((resolve) => running.once('close', resolve));
  const answer = JSON.parse(told) as { counts: Counts } | { refused: string };
  if ('counts' in answer) return answer.counts;
  expect(answer).toEqual({ refused: RUNNING });
  return RUNNING;
};
/** A later run has to wait until the dead process's connections are gone, and its lock with them. */
const nextTurn = () =>
  eventually(
    'the next run to get its turn',
    async () => {
      const done = await finished();
      return done !== RUNNING && done;
    },
    60_000,
  );

/** Starts an import that halts at a row, in the middle of writing it, and kills it there. */
async function killAt(when: string, row: string): Promise<void> {
  await world.sql(
    'registry',
    `CREATE OR REPLACE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
     CREATE TRIGGER halt BEFORE ${when} FOR EACH ROW WHEN (${row}) EXECUTE FUNCTION halt()`,
  );
  const running = await start();
  const ended = new Promise((resolve) => running.once('exit', resolve));
  const [halted] = await eventually(
    'the import to come this far',
    async () => {
      const found = await world.sql<{ pid: number }>(
        'registry',
        `SELECT pid FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event = 'PgSleep'`,
      );
      return found.length > 0 && found;
    },
    60_000,
  );
  running.kill('SIGKILL');
  await ended;
  await world.sql('registry', `SELECT pg_terminate_backend($1)`, [halted?.pid]);
  await world.sql('registry', `DROP TRIGGER halt ON ${when.split(' ').at(-1)}`);
}
const empty = () =>
  world.sql('registry', 'TRUNCATE resident, residency_event, import_run, relay.outbox');

/** F46: an import killed on its way, again, and two at once. */
describe('an import that is killed', () => {
  let whole: unknown[];
  it('has a register to compare with', async () => {
    expect(await finished()).toMatchObject({ added: COUNT });
    whole = await checksum();
    expect(whole).toMatchObject([{ people: COUNT, announced: COUNT }]);
    expect(await finished()).toMatchObject({ added: 0, changed: 0, unchanged: COUNT });
    expect(await checksum()).toEqual(whole);
  }, 60_000);

  it.each([0.1, 0.5, 0.99])(
    'at %d of its way ends the same when started again',
    async (share) => {
      await empty();
      const place = Math.floor(share * COUNT);
      await killAt('INSERT ON resident', `NEW.addressee_number = '${numbers[place]}'`);
      const written = await countOf();
      // Lots are written whole, so the one it was at is not there at all.
      expect(written).toBe(Math.floor(place / LOT_SIZE) * LOT_SIZE);
      expect((await nextTurn()).added).toBe(COUNT - written);
      expect(await checksum()).toEqual(whole);
    },
    90_000,
  );

  it('behind its last row, before it has said so, has nothing left to do', async () => {
    await empty();
    await killAt('UPDATE ON import_run', 'NEW.finished_at IS NOT NULL');
    expect(await countOf()).toBe(COUNT);
    expect(await nextTurn()).toMatchObject({ added: 0, changed: 0, unchanged: COUNT });
    expect(await checksum()).toEqual(whole);
  }, 90_000);

  it('is one of two at once: the other is refused or finds nothing to do', async () => {
    await empty();
    const both = await Promise.all([finished(), finished()]);
    expect(both.filter((one) => one === RUNNING).length).toBeLessThanOrEqual(1);
    expect(await checksum()).toEqual(whole);
  }, 60_000);
});

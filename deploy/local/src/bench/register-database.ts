import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '@madoguchi/database';
import { calendarDate } from '@madoguchi/kernel';
import type { CsvRow } from '@madoguchi/registry/domain/resident-columns';
import { inventResidents } from '@madoguchi/registry/invent-residents/invent-residents';
import { writeResidentsFile } from '@madoguchi/registry/invent-residents/write-residents-file';
import { freePort, startPostgres } from '@madoguchi/testing';
import pg from 'pg';

/** People on the register; the figures are for a city of 700,000. */
const RESIDENTS = 700_000;
const SEED = 11;
const TODAY = calendarDate('2026-11-24');

/** How one import went, told by the process that ran it. */
export type Imported = {
  seconds: number;
  peakRssMb: number;
  counts: { rows: number; added: number; changed: number; unchanged: number; refusedRows: number };
};

export type RegisterDatabase = {
  /** Rows of the file. */
  residents: number;
  /** A register's file, CP932; the same people at each call, but for what `change` makes of them. */
  writeFile(name: string, change?: (row: CsvRow, index: number) => CsvRow): Promise<string>;
  /** Imports a file as `residents import` does, in a process of its own. */
  import(path: string): Promise<Imported>;
  sql<Row>(text: string): Promise<Row[]>;
  /** A path PostgreSQL may write to. */
  serverPath(name: string): string;
};

async function importOnce(url: string, path: string): Promise<Imported> {
  const child = spawn(
    process.execPath,
    // As the command line starts it.
    [
      '--max-semi-space-size=8',
      fileURLToPath(new URL('./import-once.ts', import.meta.url)),
      url,
      path,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let told = '';
  child.stdout.on('data', (text: Buffer) => (told += text.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`the import did not end well: ${told}`);
  return JSON.parse(told) as Imported;
}

function* changed(change: (row: CsvRow, index: number) => CsvRow, count: number) {
  let index = 0;
  for (const row of inventResidents({ count, seed: SEED, today: TODAY }))
    yield change(row, index++);
}

/** An empty register in a PostgreSQL of its own, as delivered (fsync on), for one bench. */
export async function withRegisterDatabase<T>(
  work: (database: RegisterDatabase) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-bench-'));
  await chmod(folder, 0o755);
  const residents = Number(process.env['RESIDENTS'] ?? RESIDENTS);
  const postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    port: await freePort(),
    password: 'only-in-a-bench',
  });
  const url = postgres.adminUrl();
  const prismaDirectory = fileURLToPath(
    new URL('../../../../services/registry/prisma/', import.meta.url),
  );
  const client = new pg.Client({ connectionString: url });
  try {
    await migrate({ ownerUrl: url, prismaDirectory });
    await client.connect();
    return await work({
      residents,
      async writeFile(name, change = (row) => row) {
        const path = join(folder, name);
        await writeResidentsFile(path, changed(change, residents));
        return path;
      },
      import: (path) => importOnce(url, path),
      sql: async <Row>(text: string) => (await client.query(text)).rows as Row[],
      serverPath: (name) => join(folder, 'postgres', name),
    });
  } finally {
    await client.end().catch(() => undefined);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

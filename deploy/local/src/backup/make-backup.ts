import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { adminUrlOf } from '../commands/installation.ts';
import type { Home } from '../start/home.ts';
import { copyOut } from './copy-out.ts';
import type { TableToCopy } from './describe-database.ts';
import {
  copyTarget,
  migrationsIn,
  PLAIN_NOTATION,
  sequencesOf,
  tablesOf,
} from './describe-database.ts';
import type { BackedUpDatabase, BackedUpTable, Manifest } from './manifest.ts';
import { BACKUP_FORMAT, digestOfKeys, writeManifest } from './manifest.ts';

export type BackupOptions = {
  folder: string;
  home: Home;
  adminUrl: string;
  services: readonly string[];
  /** Puts the installation's keys and sign-ins beside the data. */
  withSecrets: boolean;
  onTables?: (count: number) => void;
  onTable?: () => void;
};

/** Files of the installation that a restore to another machine needs. */
export const SECRET_FILES = ['secrets.json', 'demo.json'] as const;

type Open = { service: string; client: pg.Client; lsn: string; tables: TableToCopy[] };

/** One moment for all: every snapshot is taken before the first row is read. */
async function takeSnapshots(options: BackupOptions, open: Open[]): Promise<number> {
  const clients = options.services.map(
    (service) => new pg.Client({ connectionString: adminUrlOf(options.adminUrl, service) }),
  );
  const outcomes = await Promise.allSettled(clients.map((client) => client.connect()));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await Promise.allSettled(clients.map((client) => client.end()));
    throw failed.reason;
  }
  const started = performance.now();
  await Promise.all(
    clients.map(async (client, index) => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const { rows } = await client.query<{ lsn: string }>('SELECT pg_current_wal_lsn() AS lsn');
      open.push({
        service: options.services[index] ?? '',
        client,
        lsn: rows[0]?.lsn ?? '',
        tables: [],
      });
    }),
  );
  const spread = performance.now() - started;
  for (const one of open) {
    await one.client.query(PLAIN_NOTATION);
    one.tables = await tablesOf(one.client);
  }
  return Math.round(spread * 10) / 10;
}

async function copyTable(
  { service, client }: Open,
  table: TableToCopy,
  folder: string,
): Promise<BackedUpTable> {
  const file = `${service}/${table.schema}.${table.name}.copy.gz`;
  const hash = createHash('sha256');
  let bytes = 0;
  const gzip = createGzip({ level: 6 });
  const written = pipeline(
    gzip,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        yield chunk;
      }
    },
    createWriteStream(join(folder, file), { mode: 0o600, flags: 'wx', flush: true }),
  );
  // Either side's fault ends both; the first one is told.
  const [copied, stored] = await Promise.allSettled([
    copyOut(client, `COPY ${copyTarget(table)} TO STDOUT`, gzip).finally(() => gzip.end()),
    written,
  ]);
  if (stored.status === 'rejected') throw stored.reason;
  if (copied.status === 'rejected') throw copied.reason;
  return { ...table, rows: copied.value, file, bytes, sha256: hash.digest('hex') };
}

async function copyDatabase(one: Open, options: BackupOptions): Promise<BackedUpDatabase> {
  await mkdir(join(options.folder, one.service), { mode: 0o700 });
  const tables: BackedUpTable[] = [];
  for (const table of one.tables) {
    tables.push(await copyTable(one, table, options.folder));
    options.onTable?.();
  }
  return {
    service: one.service,
    migrations: await migrationsIn(one.client),
    lsn: one.lsn,
    tables,
    sequences: await sequencesOf(one.client),
  };
}

/**
 * Every database of the installation in one folder: a gzip of COPY text per table, all read from
 * snapshots of one moment, and a manifest with digests, written last.
 * @returns what is wrong with the folder, in a sentence, or the manifest
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest | string> {
  const { folder, home } = options;
  const startedAt = new Date().toISOString();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) return `${folder} is not empty; name a new folder.`;
  await chmod(folder, 0o700);
  const open: Open[] = [];
  try {
    const spreadMs = await takeSnapshots(options, open);
    options.onTables?.(open.reduce((sum, { tables }) => sum + tables.length, 0));
    const { rows } = (await open[0]?.client.query<{ version: string }>(
      `SELECT current_setting('server_version') AS version`,
    )) ?? { rows: [] };
    const databases: BackedUpDatabase[] = [];
    for (const one of open) databases.push(await copyDatabase(one, options));
    if (options.withSecrets)
      for (const name of SECRET_FILES) {
        const copied = join(folder, name);
        await copyFile(home.path(name), copied).then(
          () => chmod(copied, 0o600),
          (error: NodeJS.ErrnoException) => {
            if (error.code !== 'ENOENT') throw error;
          },
        );
      }
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      startedAt,
      spreadMs,
      postgres: rows[0]?.version ?? '',
      keys: digestOfKeys(home.secrets),
      databases,
    };
    await writeManifest(folder, manifest);
    return manifest;
  } finally {
    for (const { client } of open) await client.end().catch(() => undefined);
  }
}

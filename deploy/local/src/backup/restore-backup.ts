import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { copyRows, migrate, migrationsOf } from '@madoguchi/database';
import { RETENTION_MS } from '@madoguchi/messaging';
import pg from 'pg';
import { adminUrlOf, OWNERS } from '../commands/installation.ts';
import type { Home } from '../start/home.ts';
import { appOf, databaseOf, databaseUrl, makeDatabases, ownerOf } from '../start/servers.ts';
import { copyTarget, migrationsIn, PLAIN_NOTATION, quoted, tablesOf } from './describe-database.ts';
import type { BackedUpDatabase, Manifest } from './manifest.ts';
import { digestOfFile, digestOfKeys } from './manifest.ts';

export type RestoreOptions = {
  folder: string;
  home: Home;
  adminUrl: string;
  onFile?: () => void;
};

const prismaOf = (service: string): string => {
  const directory = OWNERS.find(({ name }) => name === service)?.prisma?.directory;
  if (!directory) throw new Error(`${service} owns no data`);
  return fileURLToPath(directory);
};

/** What is wrong with a backup itself, in sentences; nothing when it can be restored here. */
export async function faultsOf(
  manifest: Manifest,
  { folder, home, onFile }: RestoreOptions,
): Promise<string[]> {
  const faults: string[] = [];
  if (manifest.keys !== digestOfKeys(home.secrets))
    faults.push(
      'It was made with other keys than this installation has; restore with its secrets.json in MADOGUCHI_HOME.',
    );
  for (const { service, migrations, tables } of manifest.databases) {
    if (!OWNERS.some(({ name }) => name === service)) {
      faults.push(`This version has no service ${service}.`);
      continue;
    }
    const { migrationDirectories } = await migrationsOf(prismaOf(service));
    const known = new Set(migrationDirectories.map(({ path }) => path));
    const unknown = migrations.filter((name) => !known.has(name));
    if (unknown.length > 0)
      faults.push(`${service} is of a newer version: ${unknown.join(', ')} is not known here.`);
    for (const { file, sha256 } of tables) {
      const digest = await digestOfFile(join(folder, file)).catch(() => undefined);
      if (digest === undefined) faults.push(`${file} is missing.`);
      else if (digest !== sha256) faults.push(`${file} was changed or is damaged.`);
      onFile?.();
    }
  }
  return faults;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Databases of these services that hold something already. */
export async function filledDatabases(
  adminUrl: string,
  services: readonly string[],
): Promise<string[]> {
  const filled: string[] = [];
  for (const service of services) {
    const exists = await withClient(adminUrl, async (client) => {
      const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [
        databaseOf(service),
      ]);
      return rows.length > 0;
    });
    if (!exists) continue;
    const tables = await withClient(adminUrlOf(adminUrl, service), tablesOf);
    if (tables.length > 0) filled.push(databaseOf(service));
  }
  return filled;
}

async function fill(client: pg.Client, database: BackedUpDatabase, options: RestoreOptions) {
  // Rows come in any order and whole, so neither foreign keys nor triggers have a say.
  await client.query(`${PLAIN_NOTATION}; BEGIN; SET LOCAL session_replication_role = replica`);
  for (const table of database.tables) {
    const name = `${quoted(table.schema)}.${quoted(table.name)}`;
    await client.query(`TRUNCATE ${name} CASCADE`);
  }
  for (const table of database.tables) {
    const text = pipeline(
      createReadStream(join(options.folder, table.file)),
      createGunzip(),
      () => undefined,
    ).setEncoding('utf8');
    await copyRows(client, `COPY ${copyTarget(table)} FROM STDIN`, text as AsyncIterable<string>);
    const { rows } = await client.query<{ n: string }>(
      `SELECT count(*) AS n FROM ${quoted(table.schema)}.${quoted(table.name)}`,
    );
    if (Number(rows[0]?.n) !== table.rows)
      throw new Error(`${database.service}: ${table.name} has not the rows of the backup`);
    options.onFile?.();
  }
  for (const { name, lastValue } of database.sequences)
    await client.query('SELECT setval($1::regclass, $2::bigint)', [name, lastValue]);
  // What was on its way when the snapshot was taken goes out again; those who had it drop it.
  await client.query(
    `UPDATE relay.outbox SET published_at = NULL WHERE recorded_at > now() - make_interval(secs => $1)`,
    [RETENTION_MS / 1_000],
  );
  await client.query('UPDATE relay.audit_entry SET relayed_at = NULL');
  await client.query('COMMIT');
  await client.query('ANALYZE');
}

async function restoreDatabase(database: BackedUpDatabase, options: RestoreOptions) {
  const { service } = database;
  const { home, adminUrl } = options;
  const migrating = {
    ownerUrl: databaseUrl(adminUrl, service, {
      name: ownerOf(service),
      password: home.secrets.ownerPassword,
    }),
    prismaDirectory: prismaOf(service),
    appRole: appOf(service),
  };
  // As it was when the backup was made; then as this version needs it.
  await migrate({ ...migrating, only: database.migrations });
  await withClient(adminUrlOf(adminUrl, service), async (client) => {
    const applied = await migrationsIn(client);
    if (applied.join() !== database.migrations.join())
      throw new Error(`${service}: the tables are not those of the backup`);
    await fill(client, database, options);
  });
  await migrate(migrating);
}

/** Fills empty databases from a backup that was found good; all of them, or none is left. */
export async function restoreBackup(manifest: Manifest, options: RestoreOptions): Promise<void> {
  const services = manifest.databases.map(({ service }) => service);
  await makeDatabases(options.home, options.adminUrl, services);
  try {
    for (const database of manifest.databases) await restoreDatabase(database, options);
  } catch (error) {
    await withClient(options.adminUrl, async (client) => {
      for (const service of services)
        await client.query(`DROP DATABASE IF EXISTS ${databaseOf(service)} WITH (FORCE)`);
    });
    throw error;
  }
}

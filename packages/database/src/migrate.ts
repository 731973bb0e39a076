import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { grantsFor, RELAY_SCHEMA } from './relay-schema.ts';
import { withSchemaEngine } from './schema-engine.ts';

export type MigrateOptions = {
  /** Connection of the owning role, which creates and alters tables. */
  ownerUrl: string;
  /** Folder with `schema.prisma` and `migrations/`. */
  prismaDirectory: string;
  /** Role the service runs as; absent when it runs as the owner (never in production). */
  appRole?: string;
  /** Applies these and no later ones: how a backup of an earlier version is brought back. */
  only?: readonly string[];
};

/** Migration folders of a service, oldest first. */
export async function migrationsOf(prismaDirectory: string) {
  const base = join(prismaDirectory, 'migrations');
  const entries = await readdir(base, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: base,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(base, path, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

async function asOwner(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // One migrator at a time; a long query elsewhere makes us give up instead of blocking everybody.
    await client.query(`SET lock_timeout = '10s'`);
    await client.query(`SELECT pg_advisory_lock(hashtext('madoguchi-migrate'))`);
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * Brings a database to the newest schema: house tables, then the service's migrations through
 * Prisma's engine, then what the application's role may do. Returns the names that were applied.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { ownerUrl, prismaDirectory, appRole, only } = options;
  const url = new URL(ownerUrl);
  url.searchParams.set('options', '-c lock_timeout=10s');
  const schema = join(prismaDirectory, 'schema.prisma');
  const applied = await withSchemaEngine(
    { url: url.href, datamodels: [[schema, await readFile(schema, 'utf8')]] },
    async (engine) => {
      const all = await migrationsOf(prismaDirectory);
      const migrationDirectories = all.migrationDirectories.filter(
        ({ path }) => only === undefined || only.includes(path),
      );
      return engine.applyMigrations({
        migrationsList: { ...all, migrationDirectories },
        filters: { externalTables: [], externalEnums: [] },
      });
    },
  );
  await asOwner(ownerUrl, RELAY_SCHEMA + (appRole === undefined ? '' : grantsFor(appRole)));
  return applied.appliedMigrationNames;
}

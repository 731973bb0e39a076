import type pg from 'pg';

export type TableToCopy = { schema: string; name: string; columns: string[] };

const NOT_OURS = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

/** Tables with rows of their own and the columns that can be written, migrations' own book left out. */
export async function tablesOf(client: Pick<pg.Client, 'query'>): Promise<TableToCopy[]> {
  const { rows } = await client.query<TableToCopy>(
    `SELECT n.nspname AS schema, c.relname AS name,
       array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind = 'r' AND ${NOT_OURS} AND c.relname <> '_prisma_migrations'
     GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  return rows;
}

/** Where every sequence stands; one that was never asked is left out. */
export async function sequencesOf(
  client: Pick<pg.Client, 'query'>,
): Promise<{ name: string; lastValue: string }[]> {
  const { rows } = await client.query<{ name: string; lastValue: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS "lastValue"
     FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY 1`,
  );
  return rows;
}

/** Names of the migrations that a database went through, in their order; none of one that is empty. */
export async function migrationsIn(client: Pick<pg.Client, 'query'>): Promise<string[]> {
  const { rows: known } = await client.query(
    `SELECT 1 WHERE to_regclass('public._prisma_migrations') IS NOT NULL`,
  );
  if (known.length === 0) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows.map(({ name }) => name);
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `"schema"."name" ("column", …)`, for COPY in either direction. */
export const copyTarget = ({ schema, name, columns }: TableToCopy): string =>
  `${quoted(schema)}.${quoted(name)} (${columns.map(quoted).join(', ')})`;

/** The same notation of values at both ends, whatever a server's own settings are. */
export const PLAIN_NOTATION = `SET client_encoding = 'UTF8'; SET DateStyle = 'ISO, YMD';
  SET IntervalStyle = 'iso_8601'; SET TimeZone = 'UTC'; SET extra_float_digits = 3; SET bytea_output = 'hex'`;

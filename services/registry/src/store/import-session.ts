import type { Database, Query } from '@madoguchi/database';
import { copyRows } from '@madoguchi/database';

/** One import's own connection, with what it has seen of the file; all of it ends with the connection. */
export type ImportSession = {
  query: Query;
  copy(sql: string, pieces: AsyncIterable<string>): Promise<void>;
};

const PAGE = 50_000;

/** Runs one import at a time in a database; undefined while another one is at work. */
export async function withImportSession<T>(
  database: Database,
  work: (session: ImportSession) => Promise<T>,
): Promise<T | undefined> {
  const client = await database.pool.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>(
      `SELECT pg_try_advisory_lock(hashtext('madoguchi-import')) AS held`,
    );
    if (rows[0]?.held !== true) return undefined;
    // Its few statements look at everybody.
    await client.query(`SET statement_timeout = 0; SET work_mem = '64MB'`);
    return await work({
      query: async <Row>(sql: string, values: readonly unknown[] = []) =>
        (await client.query(sql, [...values])).rows as Row[],
      copy: (sql, pieces) => copyRows(client, sql, pieces),
    });
  } finally {
    await client.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    // The settings and the temporary tables go with it.
    client.release(true);
  }
}

/** Notes the number and digest of each row of a file: lines of `copyLine` with place, number, digest. */
export async function noteRows(
  session: ImportSession,
  lines: AsyncIterable<string>,
): Promise<void> {
  await session.query('CREATE TEMP TABLE import_seen (place int, number text, digest text)');
  await session.copy('COPY import_seen FROM STDIN', lines);
  await session.query('ANALYZE import_seen');
}

/** A row that does not stand in the register as it came. */
export type RowToDo = {
  place: number;
  /** Another row of the same person follows in the file. */
  repeated: boolean;
};

/** The rows that have to be read, in their order. */
export async function* rowsToDo(
  session: ImportSession,
  municipalityCode: string,
): AsyncGenerator<RowToDo[]> {
  await session.query('CREATE TEMP TABLE import_todo (place int PRIMARY KEY, repeated boolean)');
  await session.query(
    `INSERT INTO import_todo
     SELECT s.place, COALESCE(s.place < d.last, false)
     FROM import_seen s
     LEFT JOIN (SELECT number, max(place) AS last FROM import_seen GROUP BY number HAVING count(*) > 1) d
       ON d.number = s.number AND s.number <> ''
     LEFT JOIN resident r ON r.municipality_code = $1 AND r.addressee_number = s.number
     WHERE r.row_digest IS DISTINCT FROM s.digest OR s.place < d.last`,
    [municipalityCode],
  );
  let after = -1;
  for (;;) {
    const page = await session.query<RowToDo>(
      `SELECT place, repeated FROM import_todo WHERE place > $1 ORDER BY place LIMIT ${PAGE}`,
      [after],
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.place ?? after;
  }
}

/** How many people are on the register, and how many of them the file has not. */
export async function countAbsent(
  session: ImportSession,
  municipalityCode: string,
): Promise<{ residents: number; absent: number }> {
  await session.query('CREATE TEMP TABLE import_absent (number text PRIMARY KEY)');
  await session.query(
    `INSERT INTO import_absent
     SELECT addressee_number FROM resident r WHERE municipality_code = $1 AND removal_date IS NULL
       AND NOT EXISTS (SELECT FROM import_seen s WHERE s.number = r.addressee_number)`,
    [municipalityCode],
  );
  const [counts] = await session.query<{ residents: number; absent: number }>(
    `SELECT (SELECT count(*)::int FROM resident WHERE municipality_code = $1 AND removal_date IS NULL) AS residents,
       (SELECT count(*)::int FROM import_absent) AS absent`,
    [municipalityCode],
  );
  return counts ?? { residents: 0, absent: 0 };
}

/** Numbers of the people that `countAbsent` counted, by pages. */
export async function* absentNumbers(
  session: ImportSession,
  size: number,
): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const page = await session.query<{ number: string }>(
      `SELECT number FROM import_absent WHERE number > $1 ORDER BY number LIMIT ${size}`,
      [after],
    );
    if (page.length > 0) yield page.map((row) => row.number);
    if (page.length < size) return;
    after = page.at(-1)?.number ?? after;
  }
}

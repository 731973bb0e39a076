import type { RequestOf, listAuditEntries } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import pg from 'pg';
import type { Link } from '../domain/chain.ts';

/** An entry as it is kept: its canonical JSON, and the hash up to it. */
export type LogRow = { position: string; entry: string; hash: string };

/** Half-open, by the entries' own time. */
export type LogRange = { from?: Date | undefined; to?: Date | undefined };

const EXPORT_PAGE = 2_000;
const WALK_PAGE = 5_000;
const IN_RANGE = `($1::timestamptz IS NULL OR at >= $1) AND ($2::timestamptz IS NULL OR at < $2)`;

const boundsOf = (range: LogRange) => [range.from ?? null, range.to ?? null];

/** Position of the last entry of a range, and how many there are. */
export async function extentOf(
  query: Query,
  range: LogRange,
): Promise<{ last: number; entries: number }> {
  const [row] = await query<{ last: string | null; n: string }>(
    `SELECT max(position) AS last, count(*) AS n FROM log_entry WHERE ${IN_RANGE}`,
    boundsOf(range),
  );
  return { last: Number(row?.last ?? 0), entries: Number(row?.n ?? 0) };
}

/** The next entries of a range between two positions, oldest first. */
export const pageOfRange = (
  query: Query,
  range: LogRange,
  between: { after: number; last: number },
): Promise<LogRow[]> =>
  query<LogRow>(
    `SELECT position, entry, hash FROM log_entry
     WHERE position > $3 AND position <= $4 AND ${IN_RANGE} ORDER BY position LIMIT ${EXPORT_PAGE}`,
    [...boundsOf(range), between.after, between.last],
  );

/** Entries by case (its own and those about it), resident, operator and time, oldest first. */
export const findEntries = (
  query: Query,
  wanted: RequestOf<typeof listAuditEntries>,
  after: number,
): Promise<LogRow[]> =>
  query<LogRow>(
    `SELECT position, entry, hash FROM log_entry
     WHERE position > $1 AND ($2::uuid IS NULL OR case_id = $2 OR entry::jsonb->'detail'->>'caseId' = $2::text)
       AND ($3::uuid IS NULL OR residents @> ARRAY[$3::uuid]) AND ($4::text IS NULL OR actor_id = $4)
       AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
     ORDER BY position LIMIT $7`,
    [
      after,
      wanted.caseId ?? null,
      wanted.residentId ?? null,
      wanted.operatorId ?? null,
      wanted.from ?? null,
      wanted.to ?? null,
      wanted.limit,
    ],
  );

type LinkRow = Omit<Link, 'position' | 'seq'> & { position: string; seq: string };

/** The whole chain in pages, over one repeatable snapshot of the database. */
export async function* linksOfLog(databaseUrl: string): AsyncGenerator<Link[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    let after = 0;
    for (;;) {
      const { rows } = await client.query<LinkRow>(
        `SELECT position, writer, lane, seq, entry, hash FROM log_entry
         WHERE position > $1 ORDER BY position LIMIT ${WALK_PAGE}`,
        [after],
      );
      yield rows.map((row) => ({ ...row, position: Number(row.position), seq: Number(row.seq) }));
      after = Number(rows.at(-1)?.position ?? after);
      if (rows.length < WALK_PAGE) return;
    }
  } finally {
    await client.end();
  }
}

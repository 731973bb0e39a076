import { createHash } from 'node:crypto';
import type { AuditEntry } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { canonicalJson } from '@madoguchi/kernel';
import { GENESIS, linkHash } from '../domain/chain.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Only one process appends at a time; held to the end of the transaction. */
async function lockTail(query: Query): Promise<{ position: number; hash: string }> {
  await query(`SELECT pg_advisory_xact_lock(hashtext('madoguchi-audit-chain'))`);
  const [tail] = await query<{ position: string; hash: string }>(
    `SELECT position, hash FROM log_entry ORDER BY position DESC LIMIT 1`,
  );
  return tail
    ? { position: Number(tail.position), hash: tail.hash }
    : { position: 0, hash: GENESIS };
}

/** Appends what is not in the log yet; the same entry comes more than once by design. */
export async function appendEntries(query: Query, entries: readonly AuditEntry[]): Promise<number> {
  const tail = await lockTail(query);
  const known = await query<{ writer: string; lane: number; seq: string }>(
    `SELECT writer, lane, seq FROM log_entry
     WHERE (writer, lane, seq) IN (SELECT * FROM unnest($1::text[], $2::smallint[], $3::bigint[]))`,
    [
      entries.map(({ writer }) => writer),
      entries.map(({ lane }) => lane),
      entries.map(({ seq }) => seq),
    ],
  );
  const nameOf = (one: { writer: string; lane: number; seq: string | number }): string =>
    `${one.writer}/${one.lane}/${one.seq}`;
  const seen = new Set(known.map(nameOf));
  const rows = entries
    .filter((entry) => !seen.has(nameOf(entry)))
    .map((entry) => {
      const text = canonicalJson(entry);
      tail.position += 1;
      tail.hash = linkHash(sha256, tail.hash, text);
      return {
        position: tail.position,
        writer: entry.writer,
        lane: entry.lane,
        seq: entry.seq,
        at: entry.at,
        actor_id: entry.actorId,
        case_id: entry.caseId ?? null,
        residents: entry.residents,
        entry: text,
        hash: tail.hash,
      };
    });
  if (rows.length === 0) return 0;
  await query(
    `INSERT INTO log_entry (position, writer, lane, seq, at, actor_id, case_id, residents, entry, hash)
     SELECT position, writer, lane, seq, at, actor_id, case_id, residents, entry, hash
     FROM jsonb_to_recordset($1::jsonb) AS e(position bigint, writer text, lane smallint, seq bigint,
       at timestamptz, actor_id text, case_id uuid, residents uuid[], entry text, hash text)`,
    [JSON.stringify(rows)],
  );
  return rows.length;
}

/** The highest number of each of these lanes of a writer. */
export async function lastSeqsOf(
  query: Query,
  writer: string,
  lanes: readonly number[],
): Promise<Map<number, number>> {
  const rows = await query<{ lane: number; last: string | null }>(
    `SELECT asked.lane, (SELECT max(seq) FROM log_entry e WHERE e.writer = $1 AND e.lane = asked.lane) AS last
     FROM unnest($2::smallint[]) AS asked(lane)`,
    [writer, lanes],
  );
  return new Map(rows.map(({ lane, last }) => [lane, Number(last ?? 0)]));
}

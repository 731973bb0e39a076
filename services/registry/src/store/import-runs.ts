import type { Database, Query } from '@madoguchi/database';

export type FileKind = 'snapshot' | 'changes' | 'history';
export type RunCounts = { added: number; changed: number; unchanged: number; refusedRows: number };

/** What is known of an earlier run over the same file. */
export type EarlierRun = {
  id: string;
  finished: boolean;
  /** Rows that need not be done again. */
  rowsDone: number;
};

/** The last run over a file of this content and kind. */
export async function earlierRun(
  database: Database,
  kind: FileKind,
  fileDigest: string,
): Promise<EarlierRun | undefined> {
  const [run] = await database.read<EarlierRun>(
    `SELECT id, finished_at IS NOT NULL AS finished, rows_done AS "rowsDone" FROM import_run
     WHERE kind = $1 AND file_digest = $2 ORDER BY started_at DESC LIMIT 1`,
    [kind, fileDigest],
  );
  return run;
}

export type NewRun = { id: string; kind: FileKind; fileDigest: string };

/** Notes that a file is being imported; a run that never finishes was cut short. */
export async function startRun(database: Database, run: NewRun): Promise<void> {
  await database.pool.query(
    'INSERT INTO import_run (id, kind, file_digest, started_at) VALUES ($1::uuid, $2, $3, now())',
    [run.id, run.kind, run.fileDigest],
  );
}

/** Notes, with the rows themselves, how far a run has come. */
export async function noteRowsDone(query: Query, id: string, rowsDone: number): Promise<void> {
  await query('UPDATE import_run SET rows_done = $2 WHERE id = $1::uuid', [id, rowsDone]);
}

export async function finishRun(database: Database, id: string, counts: RunCounts): Promise<void> {
  await database.pool.query(
    `UPDATE import_run SET finished_at = now(), added = $2, changed = $3, unchanged = $4, refused = $5
     WHERE id = $1::uuid`,
    [id, counts.added, counts.changed, counts.unchanged, counts.refusedRows],
  );
}

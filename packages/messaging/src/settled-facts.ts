/** The part of a connection that the question needs. */
type Client = {
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
};

const EVERY_MS = 100;

const LAST_POSITION = /* sql */ `
SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS position FROM relay.outbox_position_seq`;

/** A writer locks the table before it takes its first position, and until its transaction has ended. */
const WRITERS = /* sql */ `
SELECT DISTINCT virtualtransaction AS writer FROM pg_locks
WHERE relation = 'relay.outbox'::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Gives a function that says up to which position every fact is told for good: whoever took one has committed
 * or is gone. Facts commit in another order than that of their positions, so what was seen last says nothing
 * of those before it; but all writers there were at one moment have ended at a later one, and with them all
 * positions that were taken by then.
 */
export function settledFacts(client: Client): () => Promise<number> {
  let settled = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asked: { position: number; writers: readonly unknown[] } | undefined;
  return async () => {
    if (performance.now() - askedAt < EVERY_MS) return settled;
    askedAt = performance.now();
    // The position first: whoever takes a later one may be among the writers or not.
    const { rows } = await client.query(LAST_POSITION);
    const position = Number(rows[0]?.['position'] ?? 0);
    const writers = (await client.query(WRITERS)).rows.map((row) => row['writer']);
    if (asked && !asked.writers.some((writer) => writers.includes(writer))) {
      settled = asked.position;
      asked = undefined;
    }
    if (writers.length === 0) settled = position;
    else asked ??= { position, writers };
    return settled;
  };
}

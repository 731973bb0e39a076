import type { Database } from '@madoguchi/database';

/** Runs one import at a time, over all processes; undefined when another is running. */
export async function withImportLock<T>(
  database: Database,
  work: () => Promise<T>,
): Promise<T | undefined> {
  // A session's lock: it ends with the connection, so a killed import leaves none behind.
  const client = await database.pool.connect();
  try {
    const { rows } = await client.query<{ free: boolean }>(
      `SELECT pg_try_advisory_lock(hashtext('health-records-import')) AS free`,
    );
    if (rows[0]?.free !== true) return undefined;
    try {
      return await work();
    } finally {
      await client.query(`SELECT pg_advisory_unlock(hashtext('health-records-import'))`);
    }
  } finally {
    client.release();
  }
}

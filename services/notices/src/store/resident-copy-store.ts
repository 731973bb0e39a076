import type { ResidentCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/** Keeps who is referred to the desk; an older version never overwrites a newer one. */
export async function keepResidents(
  query: Query,
  residents: readonly ResidentCopy[],
): Promise<void> {
  await query(
    `INSERT INTO resident_copy (resident_id, version, refer)
     SELECT DISTINCT ON ("residentId") "residentId", version, refer
     FROM jsonb_to_recordset($1::jsonb) AS r("residentId" uuid, version bigint, refer boolean)
     ORDER BY "residentId", version DESC
     ON CONFLICT (resident_id) DO UPDATE SET version = excluded.version, refer = excluded.refer
     WHERE resident_copy.version < excluded.version`,
    [JSON.stringify(residents)],
  );
}

/** Are decisions on this person referred to the supervisor desk? */
export async function isReferred(query: Query, residentId: string): Promise<boolean> {
  const [row] = await query<{ refer: boolean }>(
    `SELECT refer FROM resident_copy WHERE resident_id = $1::uuid`,
    [residentId],
  );
  // The grant came from the registry itself; the copy only tells what changed since it was signed.
  return row?.refer ?? false;
}

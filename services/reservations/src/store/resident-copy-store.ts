import type { ResidentCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/**
 * Keeps copies of residents; an older version never overwrites a newer one, nor does the first of two of one
 * message. In the order of their ids, so that two who keep the same wait for each other in one direction.
 * @returns of whom it was news
 */
export async function keepResidents(
  query: Query,
  residents: readonly ResidentCopy[],
): Promise<string[]> {
  const kept = await query<{ id: string }>(
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     SELECT DISTINCT ON ("residentId") "residentId", version, "dateOfBirth", residency, refer
     FROM jsonb_to_recordset($1::jsonb) AS r("residentId" uuid, version bigint, "dateOfBirth" date, residency jsonb, refer boolean)
     ORDER BY "residentId", version DESC
     ON CONFLICT (resident_id) DO UPDATE SET version = excluded.version, date_of_birth = excluded.date_of_birth,
       residency = excluded.residency, refer = excluded.refer
     WHERE resident_copy.version < excluded.version RETURNING resident_id AS id`,
    [JSON.stringify(residents)],
  );
  return kept.map(({ id }) => id);
}

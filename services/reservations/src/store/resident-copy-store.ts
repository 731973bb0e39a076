import type { ResidentCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/** Keeps copies of residents; an older version never overwrites a newer one. */
export async function keepResidents(
  query: Query,
  residents: readonly ResidentCopy[],
): Promise<void> {
  await query(
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     SELECT "residentId", version, "dateOfBirth", residency, refer
     FROM jsonb_to_recordset($1::jsonb) AS r("residentId" uuid, version bigint, "dateOfBirth" date, residency jsonb, refer boolean)
     ON CONFLICT (resident_id) DO UPDATE SET version = excluded.version, date_of_birth = excluded.date_of_birth,
       residency = excluded.residency, refer = excluded.refer
     WHERE resident_copy.version < excluded.version`,
    [JSON.stringify(residents)],
  );
}

/** Is there a copy of anybody at all? */
export async function hasResidents(query: Query): Promise<boolean> {
  const [copy] = await query('SELECT 1 FROM resident_copy LIMIT 1');
  return copy !== undefined;
}

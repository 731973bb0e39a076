import type { dosesRecorded, PayloadOf } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

type DoseCopy = PayloadOf<typeof dosesRecorded>['doses'][number];

/**
 * Keeps copies of doses given; an older version never overwrites a newer one, nor does the first of two of one
 * message. In the order of their ids, so that two who keep the same wait for each other in one direction.
 * @returns of whom it was news
 */
export async function keepDoses(query: Query, doses: readonly DoseCopy[]): Promise<string[]> {
  const kept = await query<{ id: string }>(
    `INSERT INTO dose_copy (dose_id, resident_id, version, dose_number, vaccination_date, product_code)
     SELECT DISTINCT ON ("doseId") "doseId", "residentId", version, "doseNumber", "vaccinationDate", "productCode"
     FROM jsonb_to_recordset($1::jsonb) AS d("doseId" uuid, "residentId" uuid, version int, "doseNumber" int,
       "vaccinationDate" date, "productCode" text)
     ORDER BY "doseId", version DESC
     ON CONFLICT (dose_id) DO UPDATE SET version = excluded.version, dose_number = excluded.dose_number,
       vaccination_date = excluded.vaccination_date, product_code = excluded.product_code
     WHERE dose_copy.version < excluded.version RETURNING resident_id AS id`,
    [JSON.stringify(doses)],
  );
  return kept.map(({ id }) => id);
}

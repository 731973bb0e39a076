import type { dosesRecorded } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';

/** Keeps the copy of doses given. */
export async function followDoses(
  event: ReceivedEvent<typeof dosesRecorded>,
  tx: Transaction,
): Promise<void> {
  await tx.query(
    `INSERT INTO dose_copy (dose_id, resident_id, version, dose_number, vaccination_date, product_code)
     SELECT "doseId", "residentId", version, "doseNumber", "vaccinationDate", "productCode"
     FROM jsonb_to_recordset($1::jsonb) AS d("doseId" uuid, "residentId" uuid, version int, "doseNumber" int,
       "vaccinationDate" date, "productCode" text)
     ON CONFLICT (dose_id) DO UPDATE SET version = excluded.version, dose_number = excluded.dose_number,
       vaccination_date = excluded.vaccination_date, product_code = excluded.product_code
     WHERE dose_copy.version < excluded.version`,
    [JSON.stringify(event.payload.doses)],
  );
}

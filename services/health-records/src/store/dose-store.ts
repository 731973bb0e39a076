import type { DoseCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Dose } from '../domain/dose.ts';

export type StoredDose = Dose & { doseId: string; version: number };

const COLUMNS = /* sql */ `
id AS "doseId", resident_id AS "residentId", dose_number AS "doseNumber",
vaccination_date::text AS "vaccinationDate", product_code AS "productCode",
product_name AS "productName", venue_name AS "venueName", lot_number AS "lotNumber", version`;

/** Oldest first. */
export function dosesOfResident(query: Query, residentId: string): Promise<StoredDose[]> {
  return query<StoredDose>(
    `SELECT ${COLUMNS} FROM dose WHERE resident_id = $1::uuid
     ORDER BY vaccination_date, dose_number`,
    [residentId],
  );
}

/**
 * Writes doses: new ones are added, those that differ corrected under a higher version, equal ones
 * left alone. Returns the rows that were written; version 1 means added.
 */
export function upsertDoses(
  query: Query,
  doses: readonly (Dose & { doseId: string })[],
): Promise<StoredDose[]> {
  return query<StoredDose>(
    `INSERT INTO dose (id, resident_id, dose_number, vaccination_date, product_code, product_name,
       venue_name, lot_number)
     SELECT "doseId", "residentId", "doseNumber", "vaccinationDate", "productCode", "productName",
       "venueName", "lotNumber"
     FROM jsonb_to_recordset($1::jsonb) AS d("doseId" uuid, "residentId" uuid, "doseNumber" int,
       "vaccinationDate" date, "productCode" text, "productName" text, "venueName" text,
       "lotNumber" text)
     -- Two imports that meet lock their rows in one order.
     ORDER BY "residentId", "productCode", "doseNumber"
     ON CONFLICT (resident_id, product_code, dose_number) DO UPDATE
     SET vaccination_date = excluded.vaccination_date, product_name = excluded.product_name,
       venue_name = excluded.venue_name, lot_number = excluded.lot_number,
       version = dose.version + 1
     WHERE (dose.vaccination_date, dose.product_name, dose.venue_name, dose.lot_number)
       IS DISTINCT FROM
       (excluded.vaccination_date, excluded.product_name, excluded.venue_name, excluded.lot_number)
     RETURNING ${COLUMNS}`,
    [JSON.stringify(doses)],
  );
}

/** The next page of all doses by id. */
export function pageOfDoses(
  query: Query,
  page: { after: string | undefined; limit: number },
): Promise<StoredDose[]> {
  return query<StoredDose>(
    `SELECT ${COLUMNS} FROM dose WHERE ($1::uuid IS NULL OR id > $1::uuid) ORDER BY id LIMIT $2`,
    [page.after ?? null, page.limit],
  );
}

/** A dose as other services may know it. */
export function doseCopy(dose: StoredDose): DoseCopy {
  const { residentId, doseId, version, doseNumber, vaccinationDate, productCode } = dose;
  return { residentId, doseId, version, doseNumber, vaccinationDate, productCode };
}

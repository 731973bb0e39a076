import type { Query } from '@madoguchi/database';

/** Whom a bulk file is for. Days are inclusive. */
export type Selection = {
  municipalityCode: string;
  today: string;
  bornFrom: string;
  bornTo: string;
};

/** What an envelope needs; `protected` never leaves in a bulk file. */
export type Addressee = {
  residentId: string;
  protected: boolean;
  addresseeNumber: string;
  name: string;
  nameKana: string | null;
  dateOfBirth: string;
  postalCode: string | null;
  address: string;
  buildingLine: string | null;
};

/** Residents of today by birth date, by pages. */
export const addresseesAfter = (
  query: Query,
  selection: Selection,
  page: { after: string | undefined; limit: number },
): Promise<Addressee[]> =>
  query<Addressee>(
    `SELECT id AS "residentId", protected, addressee_number AS "addresseeNumber", name,
       name_kana AS "nameKana", date_of_birth AS "dateOfBirth", postal_code AS "postalCode", address,
       building_line AS "buildingLine"
     FROM resident WHERE municipality_code = $1 AND birth_day BETWEEN $2::date AND $3::date
       AND (removal_date IS NULL OR removal_date > $4::date) AND ($5::uuid IS NULL OR id > $5::uuid)
     ORDER BY id LIMIT $6`,
    [
      selection.municipalityCode,
      selection.bornFrom,
      selection.bornTo,
      selection.today,
      page.after ?? null,
      page.limit,
    ],
  );

/** Puts people aside for the desk. */
export async function setAside(
  query: Query,
  runId: string,
  aside: { ids: readonly string[]; now: Date },
): Promise<void> {
  await query(
    `INSERT INTO bulk_left_out (run_id, resident_id, set_aside_at)
     SELECT $1::uuid, id, $3 FROM unnest($2::uuid[]) AS list(id) ON CONFLICT DO NOTHING`,
    [runId, aside.ids, aside.now],
  );
}

import type { Query } from '@madoguchi/database';

/** What a list for a venue can show; `protected` never leaves in it. */
export type PersonOnRegister = {
  residentId: string;
  protected: boolean;
  name: string;
  nameKana: string | null;
  dateOfBirth: string;
};

/** Those of the given people who are residents on the day of the list. */
export const peopleForList = (
  query: Query,
  scope: { municipalityCode: string; day: string },
  residentIds: readonly string[],
): Promise<PersonOnRegister[]> =>
  query<PersonOnRegister>(
    `SELECT id AS "residentId", protected, name, name_kana AS "nameKana", date_of_birth AS "dateOfBirth"
     FROM resident WHERE municipality_code = $1 AND id = ANY($3::uuid[])
       AND (removal_date IS NULL OR removal_date > $2::date)`,
    [scope.municipalityCode, scope.day, residentIds],
  );

import type { Query } from '@madoguchi/database';

export type AddresseeRow = { residentId: string; addresseeNumber: string; dateOfBirth: string };

/** People by 宛名番号, whoever they are: also the protected, those who moved away and the dead. */
export const peopleByNumber = (
  query: Query,
  municipalityCode: string,
  numbers: readonly string[],
): Promise<AddresseeRow[]> =>
  query<AddresseeRow>(
    `SELECT id AS "residentId", addressee_number AS "addresseeNumber", date_of_birth AS "dateOfBirth"
     FROM resident WHERE municipality_code = $1 AND addressee_number = ANY($2::text[])`,
    [municipalityCode, numbers],
  );

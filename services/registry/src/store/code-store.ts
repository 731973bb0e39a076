import type { Query } from '@madoguchi/database';
import type { RegisterCode } from '../domain/register-codes.ts';

/** The municipality's own codes. */
export const ownCodes = (query: Query, municipalityCode: string): Promise<RegisterCode[]> =>
  query<RegisterCode>(
    `SELECT code_table AS "codeTable", code, label, meaning FROM register_code
     WHERE municipality_code = $1 ORDER BY code_table, code`,
    [municipalityCode],
  );

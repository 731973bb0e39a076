import type { Query } from '@madoguchi/database';
import type { RegisterCode } from '../domain/register-codes.ts';

/** The municipality's own codes. */
export const ownCodes = (query: Query, municipalityCode: string): Promise<RegisterCode[]> =>
  query<RegisterCode>(
    `SELECT code_table AS "codeTable", code, label, meaning FROM register_code
     WHERE municipality_code = $1 ORDER BY code_table, code`,
    [municipalityCode],
  );

export async function replaceCodes(
  query: Query,
  municipalityCode: string,
  codes: readonly RegisterCode[],
): Promise<void> {
  await query('DELETE FROM register_code WHERE municipality_code = $1', [municipalityCode]);
  await query(
    `INSERT INTO register_code (municipality_code, code_table, code, label, meaning)
     SELECT $1, "codeTable", code, label, meaning
     FROM jsonb_to_recordset($2::jsonb) AS c("codeTable" text, code text, label text, meaning text)`,
    [municipalityCode, JSON.stringify(codes)],
  );
}

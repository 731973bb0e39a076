import { writeFile } from 'node:fs/promises';
import type { Database } from '@madoguchi/database';

const LIST = 'children-at-risk';
const HEADER = '宛名番号,生年月日,区分コード,開始日,最終日,出所';
const TODAY = "(now() AT TIME ZONE 'Asia/Tokyo')::date";

/** SQL: is resident `r` of an age at which the demo's dose is for those on a list only, with a name that every font can print? */
export const CHILD = `r.birth_day BETWEEN ${TODAY} - interval '10 years' AND ${TODAY} - interval '6 years'
  AND r.name_kana IS NOT NULL AND r.name !~ '[\\uE000-\\uF8FF]' AND r.resident_kind = '日本人'
  AND length(r.date_of_birth) = 10 AND NOT r.protected AND r.removal_date IS NULL
  AND right(r.id::text, 1) <> '0'`;

/** A list of a priority group (優先接種対象者名簿) to try the import with: children of the invented city. */
export async function writePriorityList(register: Database, file: string): Promise<void> {
  const { rows } = await register.pool.query<{ number: string; birth: string }>(
    `SELECT r.addressee_number AS number, r.date_of_birth AS birth FROM resident r WHERE ${CHILD}
     ORDER BY r.addressee_number LIMIT 5`,
  );
  const lines = rows.map(({ number, birth }) => `${number},${birth},${LIST},,,医師の意見書`);
  await writeFile(file, [HEADER, ...lines, ''].join('\r\n'), { mode: 0o600 });
}

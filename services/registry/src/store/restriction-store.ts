import type { ResidentCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { COPY_COLUMNS } from './resident-copy.ts';

/** As the desk reads it, until the register's own file says so. */
const PROVISIONAL = '仮の支援措置';

export async function birthOf(
  query: Query,
  municipalityCode: string,
  residentId: string,
): Promise<{ birth: CalendarDate; protected: boolean } | undefined> {
  const [person] = await query<{ birth: CalendarDate; protected: boolean }>(
    `SELECT birth_day::text AS birth, protected FROM resident
     WHERE municipality_code = $1 AND id = $2::uuid`,
    [municipalityCode, residentId],
  );
  return person;
}

type InHousehold = ResidentCopy & { household: string | null };

/** Closes a person's own record; nobody where it is closed already, or where there is no such person. */
export async function restrictPerson(
  query: Query,
  municipalityCode: string,
  residentId: string,
): Promise<InHousehold | undefined> {
  const [person] = await query<InHousehold>(
    `UPDATE resident SET restricted = true, protected = true, version = version + 1,
       restrictions = array_append(restrictions, '${PROVISIONAL}')
     WHERE municipality_code = $1 AND id = $2::uuid AND NOT restricted
     RETURNING ${COPY_COLUMNS}, household_number AS household`,
    [municipalityCode, residentId],
  );
  return person;
}

/**
 * Opens a person's own record, and those of the household whom nobody else in it closes. Gives whom that
 * concerns; nobody where the record was not closed by itself.
 */
export async function openPerson(
  query: Query,
  municipalityCode: string,
  residentId: string,
): Promise<ResidentCopy[]> {
  // Two people of one household, opened at once, wait for each other, so that the second sees the first.
  await query(
    `SELECT 1 FROM resident m WHERE municipality_code = $1 AND (m.id = $2::uuid OR m.household_number =
       (SELECT household_number FROM resident WHERE municipality_code = $1 AND id = $2::uuid))
     ORDER BY m.id FOR UPDATE`,
    [municipalityCode, residentId],
  );
  const [person] = await query<InHousehold>(
    `UPDATE resident SET restricted = false, restrictions = '{}'
     WHERE municipality_code = $1 AND id = $2::uuid AND restricted
     RETURNING ${COPY_COLUMNS}, household_number AS household`,
    [municipalityCode, residentId],
  );
  if (!person) return [];
  return query<ResidentCopy>(
    `UPDATE resident SET protected = false, version = version + 1
     WHERE municipality_code = $1 AND protected AND NOT restricted
       AND (id = $2::uuid OR household_number = $3)
       AND NOT EXISTS (SELECT FROM resident r WHERE r.municipality_code = $1
         AND r.household_number = $3 AND r.restricted)
     RETURNING ${COPY_COLUMNS}`,
    [municipalityCode, residentId, person.household],
  );
}

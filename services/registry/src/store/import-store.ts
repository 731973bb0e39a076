import { createHash, createHmac } from 'node:crypto';
import type { Query } from '@madoguchi/database';
import { canonicalJson, newId } from '@madoguchi/kernel';
import type { ResidentRecord } from '../domain/resident-row.ts';

export type Scope = { municipalityCode: string; lookupKey: string };

/** Columns as the table has them, in the names of the record. */
const FIELDS: readonly (readonly [
  keyof ResidentRecord | 'id' | 'contentDigest' | 'telephoneDigests' | 'version',
  string,
  string,
])[] = [
  ['id', 'id', 'uuid'],
  ['addresseeNumber', 'addressee_number', 'text'],
  ['name', 'name', 'text'],
  ['nameKana', 'name_kana', 'text'],
  ['alias', 'alias', 'text'],
  ['jointlyWrittenName', 'jointly_written_name', 'text'],
  ['sex', 'sex', 'text'],
  ['dateOfBirth', 'date_of_birth', 'text'],
  ['birthDay', 'birth_day', 'date'],
  ['residentKind', 'resident_kind', 'text'],
  ['householdNumber', 'household_number', 'text'],
  ['postalCode', 'postal_code', 'text'],
  ['address', 'address', 'text'],
  ['buildingLine', 'building_line', 'text'],
  ['previousAddress', 'previous_address', 'text'],
  ['moveOutDestinationAddress', 'move_out_destination_address', 'text'],
  ['residencyEventReason', 'residency_event_reason', 'text'],
  ['residencyEventDate', 'residency_event_date', 'date'],
  ['notificationDate', 'notification_date', 'date'],
  ['removalType', 'removal_type', 'text'],
  ['removalDate', 'removal_date', 'date'],
  ['telephones', 'telephones', 'text[]'],
  ['telephoneDigests', 'telephone_digests', 'text[]'],
  ['nationalityOrRegion', 'nationality_or_region', 'text'],
  ['residencePermissionCategory', 'residence_permission_category', 'text'],
  ['statusOfResidence', 'status_of_residence', 'text'],
  ['periodOfStay', 'period_of_stay', 'text'],
  ['periodOfStayExpiry', 'period_of_stay_expiry', 'text'],
  ['restrictions', 'restrictions', 'text[]'],
  ['remarks', 'remarks', 'text'],
  ['protected', 'protected', 'boolean'],
  ['nameKeys', 'name_keys', 'text[]'],
  ['kanaKey', 'kana_key', 'text'],
  ['contentDigest', 'content_digest', 'text'],
];
const KEPT = new Set(['id', 'addressee_number']);

const UPSERT = /* sql */ `
INSERT INTO resident (municipality_code, version, ${FIELDS.map(([, column]) => column).join(', ')})
SELECT $2, 1, ${FIELDS.map(([field]) => `r."${field}"`).join(', ')}
FROM jsonb_to_recordset($1::jsonb) AS r(${FIELDS.map(([field, , type]) => `"${field}" ${type}`).join(', ')})
ON CONFLICT (municipality_code, addressee_number) DO UPDATE SET version = resident.version + 1,
  ${FIELDS.filter(([, column]) => !KEPT.has(column))
    .map(([, column]) => `${column} = excluded.${column}`)
    .join(', ')}
WHERE resident.content_digest <> excluded.content_digest
RETURNING id, (xmax = 0) AS added`;

/** Adds and changes people; those whose row is the same as before are left alone. Gives whom it touched. */
export async function upsertResidents(
  query: Query,
  records: readonly ResidentRecord[],
  scope: Scope,
): Promise<{ id: string; added: boolean }[]> {
  const key = Buffer.from(scope.lookupKey, 'base64url');
  const rows = records.map((record) => ({
    ...record,
    id: newId(),
    telephoneDigests: record.telephones.map((number) =>
      createHmac('sha256', key).update(number).digest('base64url'),
    ),
    contentDigest: createHash('sha256').update(canonicalJson(record)).digest('base64url'),
  }));
  return query(UPSERT, [JSON.stringify(rows), scope.municipalityCode]);
}

/** Household members of a protected person are protected with them; gives whom that newly concerns. */
export async function protectHouseholds(query: Query, municipalityCode: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `UPDATE resident m SET protected = true, version = m.version + 1
     FROM (SELECT DISTINCT household_number FROM resident
           WHERE municipality_code = $1 AND cardinality(restrictions) > 0 AND household_number IS NOT NULL) h
     WHERE m.municipality_code = $1 AND m.household_number = h.household_number AND NOT m.protected RETURNING m.id`,
    [municipalityCode],
  );
  return rows.map((row) => row.id);
}

import { createHash, createHmac } from 'node:crypto';
import type { Database, Query } from '@madoguchi/database';
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
/** What a file may not change: the id, and protection once it is there. */
const KEPT: Record<string, string> = {
  id: 'resident.id',
  addressee_number: 'resident.addressee_number',
  protected: 'resident.protected OR excluded.protected',
  restrictions: `CASE WHEN cardinality(excluded.restrictions) = 0 THEN resident.restrictions
    ELSE excluded.restrictions END`,
};

const UPSERT = /* sql */ `
INSERT INTO resident (municipality_code, version, ${FIELDS.map(([, column]) => column).join(', ')})
SELECT $2, 1, ${FIELDS.map(([field]) => `r."${field}"`).join(', ')}
FROM jsonb_to_recordset($1::jsonb) AS r(${FIELDS.map(([field, , type]) => `"${field}" ${type}`).join(', ')})
ON CONFLICT (municipality_code, addressee_number) DO UPDATE SET version = resident.version + 1,
  ${FIELDS.map(([, column]) => `${column} = ${KEPT[column] ?? `excluded.${column}`}`).join(', ')}
WHERE resident.content_digest <> excluded.content_digest
RETURNING id, (xmax = 0) AS added, addressee_number AS "addresseeNumber",
  cardinality(restrictions) > 0 AS restricted`;

type Upserted = { id: string; added: boolean; addresseeNumber: string; restricted: boolean };

/** Whom an import touched; `protectionKept` where the file no longer has a restriction that stands. */
export type Touched = { id: string; added: boolean; protectionKept: boolean };

/** Adds and changes people; those whose row is the same as before are left alone. */
export async function upsertResidents(
  query: Query,
  records: readonly ResidentRecord[],
  scope: Scope,
): Promise<Touched[]> {
  const key = Buffer.from(scope.lookupKey, 'base64url');
  const rows = records.map((record) => ({
    ...record,
    id: newId(),
    telephoneDigests: record.telephones.map((number) =>
      createHmac('sha256', key).update(number).digest('base64url'),
    ),
    contentDigest: createHash('sha256').update(canonicalJson(record)).digest('base64url'),
  }));
  const free = new Set(
    records.filter((record) => !record.protected).map((record) => record.addresseeNumber),
  );
  const upserted = await query<Upserted>(UPSERT, [JSON.stringify(rows), scope.municipalityCode]);
  return upserted.map(({ id, added, addresseeNumber, restricted }) => ({
    id,
    added,
    protectionKept: restricted && free.has(addresseeNumber),
  }));
}

/**
 * Members of these households are protected with one of them who is; gives whom that newly concerns.
 * Those who live together can be found through each other.
 */
export async function protectHouseholds(
  query: Query,
  municipalityCode: string,
  households: readonly string[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `UPDATE resident m SET protected = true, version = m.version + 1
     FROM (SELECT DISTINCT household_number FROM resident
           WHERE municipality_code = $1 AND household_number = ANY($2::text[])
             AND cardinality(restrictions) > 0) h
     WHERE m.municipality_code = $1 AND m.household_number = h.household_number AND NOT m.protected
     RETURNING m.id`,
    [municipalityCode, households],
  );
  return rows.map((row) => row.id);
}

/** Runs one import at a time in a database; undefined while another one is at work. */
export async function withImportLock<T>(
  database: Database,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const lock = await database.pool.connect();
  try {
    const { rows } = await lock.query<{ held: boolean }>(
      `SELECT pg_try_advisory_lock(hashtext('madoguchi-import')) AS held`,
    );
    return rows[0]?.held === true ? await work() : undefined;
  } finally {
    await lock
      .query(`SELECT pg_advisory_unlock(hashtext('madoguchi-import'))`)
      .then(() => lock.release())
      .catch(() => lock.release(true));
  }
}

/** Notes that a file is being imported; a run that never finishes was cut short. */
export async function startRun(database: Database, id: string, fileDigest: string): Promise<void> {
  await database.pool.query(
    'INSERT INTO import_run (id, file_digest, started_at) VALUES ($1::uuid, $2, now())',
    [id, fileDigest],
  );
}

export type RunCounts = { added: number; changed: number; unchanged: number; refusedRows: number };

export async function finishRun(database: Database, id: string, counts: RunCounts): Promise<void> {
  await database.pool.query(
    `UPDATE import_run SET finished_at = now(), added = $2, changed = $3, unchanged = $4, refused = $5
     WHERE id = $1::uuid`,
    [id, counts.added, counts.changed, counts.unchanged, counts.refusedRows],
  );
}

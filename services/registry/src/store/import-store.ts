import type { ResidentCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { RESIDENCY_KINDS } from '../domain/residency.ts';
import { COPY_COLUMNS } from './resident-copy.ts';
import { STAGED_COLUMNS } from './staged-rows.ts';

/**
 * What a file may not change: protection and the restriction behind it, once they are there. Residence
 * is revised from all that is known (revise-residency), not from one row.
 */
const KEPT: Record<string, string> = {
  addressee_number: 'resident.addressee_number',
  restricted: 'resident.restricted OR excluded.restricted',
  protected: 'resident.protected OR excluded.protected',
  restrictions: `CASE WHEN resident.restricted AND NOT excluded.restricted THEN resident.restrictions
    ELSE excluded.restrictions END`,
  residency: 'resident.residency',
};
const ABOUT_RESIDENCE = [
  'residency_kind',
  'residency_event_date',
  'removal_kind',
  'removal_date',
  'birth_day',
];
const rowOf = (which: string): string =>
  `(${ABOUT_RESIDENCE.map((column) => `${which}.${column}`).join(', ')})`;
const MATTERS = Object.entries(RESIDENCY_KINDS)
  .filter(([, effect]) => effect !== 'none')
  .map(([kind]) => `'${kind}'`)
  .join(', ');

/**
 * Adds and changes the people of a lot; those whose row is the same as before are left alone, and where
 * only the notation differs nothing is announced. Residence told by the rows of new people is noted.
 */
const MERGE = /* sql */ `
WITH merged AS (
  INSERT INTO resident (id, municipality_code, version, ${STAGED_COLUMNS.join(', ')})
  SELECT uuidv7(), $1, 1, ${STAGED_COLUMNS.join(', ')} FROM import_row
  ON CONFLICT (municipality_code, addressee_number) DO UPDATE SET
    version = resident.version + (resident.content_digest <> excluded.content_digest)::int,
    ${STAGED_COLUMNS.map((column) => `${column} = ${KEPT[column] ?? `excluded.${column}`}`).join(', ')}
  WHERE resident.row_digest <> excluded.row_digest
  RETURNING new.id, new.version, new.birth_day, new.residency, new.protected, new.restricted,
    new.addressee_number, new.notification_date, new.residency_kind, new.residency_event_date,
    new.removal_kind, new.removal_date, old.id IS NULL AS added,
    old.content_digest IS DISTINCT FROM new.content_digest AS touched,
    new.protected AND NOT COALESCE(old.protected, false) AS newly_protected,
    old.id IS NOT NULL AND ${rowOf('old')} IS DISTINCT FROM ${rowOf('new')} AS moved,
    old.id IS NOT NULL AND old.removal_kind IS DISTINCT FROM new.removal_kind AS removal_changed
), learned AS (
  INSERT INTO residency_event (resident_id, kind, event_date, notified_on, known_from)
  SELECT DISTINCT m.id, told.kind, told.day, m.notification_date,
    LEAST(COALESCE(m.notification_date, told.day), $2::date)
  FROM merged m, LATERAL (VALUES (m.residency_kind, m.residency_event_date),
                                 (m.removal_kind, m.removal_date)) AS told(kind, day)
  WHERE m.added AND told.kind IN (${MATTERS}) AND told.day IS NOT NULL
    AND NOT (told.kind = 'born' AND told.day = m.birth_day)
)
SELECT ${COPY_COLUMNS}, addressee_number AS "addresseeNumber", restricted, added, touched, moved,
  newly_protected AS "newlyProtected", removal_changed AS "removalChanged",
  residency_kind AS "residencyKind", residency_event_date::text AS "residencyEventDate",
  removal_kind AS "removalKind", removal_date::text AS "removalDate"
FROM merged AS resident`;

/** A person whom a lot added or changed, as they stand after it. */
export type Merged = ResidentCopy & {
  addresseeNumber: string;
  restricted: boolean;
  added: boolean;
  /** An item changed, not only its notation. */
  touched: boolean;
  /** Something about residence changed. */
  moved: boolean;
  newlyProtected: boolean;
  removalChanged: boolean;
  residencyKind: string | null;
  residencyEventDate: string | null;
  removalKind: string | null;
  removalDate: string | null;
};

export const mergeStaged = (
  query: Query,
  municipalityCode: string,
  today: string,
): Promise<Merged[]> => query<Merged>(MERGE, [municipalityCode, today]);

/**
 * Members of these households are protected with one of them who is; gives whom that newly concerns.
 * Those who live together can be found through each other.
 */
export async function protectHouseholds(
  query: Query,
  municipalityCode: string,
  households: readonly string[],
): Promise<ResidentCopy[]> {
  const restricted = await query<{ household: string }>(
    `SELECT DISTINCT household_number AS household FROM resident
     WHERE municipality_code = $1 AND restricted AND household_number = ANY($2::text[])`,
    [municipalityCode, households],
  );
  if (restricted.length === 0) return [];
  return query<ResidentCopy>(
    `UPDATE resident SET protected = true, version = version + 1
     WHERE municipality_code = $1 AND household_number = ANY($2::text[]) AND NOT protected
     RETURNING ${COPY_COLUMNS}`,
    [municipalityCode, restricted.map((one) => one.household)],
  );
}

/** A person to be taken off: by what, and from when. */
export type Removal = { number: string; type: string; kind: string; date: string };

/**
 * Takes people off who are on the register; those who are off already stay as they are. Their row is
 * forgotten, so that a later file can bring them back.
 */
export const removeResidents = (
  query: Query,
  municipalityCode: string,
  removals: readonly Removal[],
): Promise<Merged[]> =>
  query<Merged>(
    `UPDATE resident SET removal_type = x.type, removal_kind = x.kind, removal_date = x.date,
       row_digest = '', content_digest = '', version = version + 1
     FROM jsonb_to_recordset($2::jsonb) AS x(number text, type text, kind text, date date)
     WHERE municipality_code = $1 AND addressee_number = x.number AND removal_date IS NULL
     RETURNING ${COPY_COLUMNS}, addressee_number AS "addresseeNumber", restricted, false AS added,
       true AS touched, true AS moved, false AS "newlyProtected", true AS "removalChanged",
       residency_kind AS "residencyKind", residency_event_date::text AS "residencyEventDate",
       removal_kind AS "removalKind", removal_date::text AS "removalDate"`,
    [municipalityCode, JSON.stringify(removals)],
  );

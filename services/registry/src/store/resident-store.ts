import type { CalleeView, EntityOf, ResidentView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Candidate, Standing } from '../domain/decide-verification.ts';
import type { ReadItems } from '../domain/compare-items.ts';
import type { Interval } from '../domain/residency.ts';

/** Most people compared for one verification; a birth date fits 43 at most in a city of 700,000. */
const MOST_CANDIDATES = 1_000;

/** Everybody born that day, or known to be born in that month or year, and who holds that ticket. */
const CANDIDATES = /* sql */ `
WITH meant AS (
  SELECT id FROM resident WHERE birth_day = $2::date
  UNION SELECT id FROM resident
    WHERE length(date_of_birth) < 10 AND date_of_birth IN (left($2::text, 4), left($2::text, 7))
  UNION SELECT resident_id FROM ticket_copy WHERE ticket_number = $3 AND state <> 'void'
)
SELECT r.id AS "residentId", r.name_keys AS "nameKeys", r.kana_key AS "kanaKey",
  r.date_of_birth AS "dateOfBirth", r.address, r.telephones, r.telephone_digests AS "telephoneDigests",
  r.addressee_number AS "addresseeNumber",
  r.protected, r.removal_date::text AS "removalDate", r.removal_kind AS "removalKind",
  r.move_out_destination_address AS destination, r.previous_address AS "previousAddress", r.residency,
  ARRAY(SELECT t.ticket_number FROM ticket_copy t
        WHERE t.resident_id = r.id AND t.state <> 'void') AS "ticketNumbers"
FROM resident r
-- As an array, so that the few are fetched by key whatever their number is taken to be.
WHERE r.id = ANY(ARRAY(SELECT id FROM meant)) AND r.municipality_code = $1 LIMIT ${MOST_CANDIDATES}`;

type CandidateRow = Omit<Candidate, 'standing' | 'municipalityToAsk'> & {
  removalDate: string | null;
  removalKind: string | null;
  destination: string | null;
  previousAddress: string | null;
  residency: readonly Interval[];
};

/** City of an address elsewhere: what a caller is told to ask. */
const municipalityOf = (address: string | null): string | undefined =>
  address === null ? undefined : /^(?:.{2,3}[都道府県])?(?:.{1,8}?[市区町村])/u.exec(address)?.[0];

function standingOn(today: string, row: CandidateRow): Standing {
  if (row.removalDate === null || row.removalDate > today) return 'resident';
  return row.removalKind === 'moved-out' || row.removalKind === 'moved-abroad'
    ? 'moved-away'
    : 'removed';
}

/** Standing on an earlier day, by all that is known now: who died or left since was a resident. */
function standingThen(asOf: string, today: string, row: CandidateRow): Standing {
  if (row.residency.some(({ from, to }) => from <= asOf && (to === null || asOf < to)))
    return 'resident';
  return standingOn(today, row) === 'removed' ? 'removed' : 'moved-away';
}

/** Everybody the said items could mean. A birth date or a ticket number must be among them. */
export async function findCandidates(
  query: Query,
  scope: { municipalityCode: string; today: string; asOf: string | undefined },
  read: ReadItems,
): Promise<Candidate[]> {
  const rows = await query<CandidateRow>(CANDIDATES, [
    scope.municipalityCode,
    read.dateOfBirth ?? null,
    read.ticketNumber ?? null,
  ]);
  const { asOf, today } = scope;
  return rows.map((row) => ({
    ...row,
    standing: asOf === undefined ? standingOn(today, row) : standingThen(asOf, today, row),
    // Whoever is here today, but was not on that day, came from elsewhere.
    municipalityToAsk: municipalityOf(row.destination ?? row.previousAddress),
  }));
}

export type ResidentRow = EntityOf<(typeof ResidentView)['fields']> & { protected: boolean };

/** The municipality's word for a code, or the value as the register has it. */
const labelOf = (codeTable: string, column: string): string =>
  `COALESCE((SELECT c.label FROM register_code c WHERE c.municipality_code = r.municipality_code
     AND c.code_table = '${codeTable}' AND c.code = ${column}), ${column})`;

/** The person with all items of the reference, or undefined. */
export async function findResident(
  query: Query,
  scope: { municipalityCode: string; today: string },
  id: string,
): Promise<ResidentRow | undefined> {
  const [row] = await query<ResidentRow>(
    `SELECT r.id AS "residentId", r.addressee_number AS "addresseeNumber", r.name, r.name_kana AS "nameKana", r.alias,
       r.jointly_written_name AS "jointlyWrittenName", r.date_of_birth AS "dateOfBirth", r.sex, r.address,
       r.building_line AS "buildingLine", r.postal_code AS "postalCode", r.previous_address AS "previousAddress",
       r.move_out_destination_address AS "moveOutDestinationAddress", r.telephones,
       (r.removal_date IS NULL OR r.removal_date > $2::date) AS "residentToday",
       ${labelOf('異動事由', 'r.residency_event_reason')} AS "residencyEventReason", r.residency_event_date::text AS "residencyEventDate",
       ${labelOf('消除区分', 'r.removal_type')} AS "removalType", r.removal_date::text AS "removalDate",
       r.nationality_or_region AS "nationalityOrRegion", r.status_of_residence AS "statusOfResidence",
       r.residence_permission_category AS "residencePermissionCategory", r.period_of_stay AS "periodOfStay",
       r.restrictions, r.remarks, r.protected,
       (SELECT count(*)::int FROM resident h WHERE h.municipality_code = r.municipality_code
          AND h.household_number = r.household_number AND h.removal_date IS NULL) AS "householdSize"
     FROM resident r WHERE r.municipality_code = $1 AND r.id = $3::uuid`,
    [scope.municipalityCode, scope.today, id],
  );
  return row;
}

/** How to reach people by telephone, in the order of their ids; protected ones only on request. */
export const calleesById = (
  query: Query,
  municipalityCode: string,
  wanted: { ids: readonly string[]; protectedToo: boolean },
): Promise<EntityOf<(typeof CalleeView)['fields']>[]> =>
  query(
    `SELECT id AS "residentId", name, name_kana AS "nameKana", telephones FROM resident
     WHERE municipality_code = $1 AND id = ANY($2::uuid[]) AND ($3 OR NOT protected) ORDER BY id`,
    [municipalityCode, wanted.ids, wanted.protectedToo],
  );

/** Is the number behind a digest on record for a resident of today who is not protected? */
export async function numberIsOnRecord(
  query: Query,
  scope: { municipalityCode: string; today: string },
  digest: string,
): Promise<boolean> {
  const rows = await query(
    `SELECT 1 FROM resident WHERE municipality_code = $1 AND telephone_digests @> ARRAY[$3::text]
     AND NOT protected AND (removal_date IS NULL OR removal_date > $2::date) LIMIT 1`,
    [scope.municipalityCode, scope.today, digest],
  );
  return rows.length > 0;
}

/** Are all of these people on the register, and open to whoever has no second person's approval? */
export async function allUnprotected(
  query: Query,
  municipalityCode: string,
  ids: readonly string[],
): Promise<boolean> {
  const [row] = await query<{ open: number }>(
    `SELECT count(*)::int AS open FROM resident
     WHERE municipality_code = $1 AND id = ANY($2::uuid[]) AND NOT protected`,
    [municipalityCode, ids],
  );
  return row?.open === new Set(ids).size;
}

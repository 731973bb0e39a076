import type { Query } from '@madoguchi/database';
import type { Found } from '../domain/judge-candidate.ts';
import { takenFor } from '../domain/judge-candidate.ts';
import type { NamePair } from '../domain/name-dictionary.ts';
import type { SearchTerms } from '../domain/search-terms.ts';

/** Most people looked at by one way; whoever looks for one of more has to say more. */
const MOST = 400;

export type Scope = {
  municipalityCode: string;
  today: string;
  lookupDigest(number: string): string;
};
export type FoundPeople = { people: Found[]; more: boolean };

/**
 * Those who can be found at all: residents of today who are not protected. The condition is part of every
 * statement, so that who is left out takes the time of who is not there.
 */
const OPEN = `r.municipality_code = $1 AND NOT r.protected
  AND (r.removal_date IS NULL OR r.removal_date > $2::date)`;

const select = (which: string): string => /* sql */ `
SELECT r.id AS "residentId", r.name_keys AS "nameKeys", r.kana_key AS "kanaKey",
  r.kana_family AS "kanaFamily", r.date_of_birth AS "dateOfBirth", r.address, r.telephones,
  r.addressee_number AS "addresseeNumber",
  ARRAY(SELECT t.ticket_number FROM ticket_copy t
        WHERE t.resident_id = r.id AND t.state <> 'void') AS "ticketNumbers"
FROM resident r WHERE ${OPEN} AND ${which} LIMIT ${MOST + 1}`;

const BY = {
  ticket: select(
    `r.id = ANY(ARRAY(SELECT resident_id FROM ticket_copy WHERE ticket_number = $3 AND state <> 'void'))`,
  ),
  addressee: select('r.addressee_number = $3'),
  telephone: select('r.telephone_digests @> ARRAY[$3::text]'),
  birth: select(`r.id = ANY(ARRAY(
    SELECT id FROM resident WHERE birth_day = $3::date
    UNION SELECT id FROM resident
      WHERE length(date_of_birth) < 10 AND date_of_birth IN (left($3::text, 4), left($3::text, 7))))`),
  kana: select('r.kana_loose = $3'),
  kanaOfYear: select('r.kana_loose = $3 AND r.birth_day BETWEEN $4::date AND $5::date'),
  names: select('r.name_keys && $3::text[]'),
  pairs: select(`r.id = ANY(ARRAY(
    SELECT n.id FROM unnest($3::text[], $4::text[]) AS said(family, given)
    JOIN resident n ON n.kana_family = said.family AND n.kana_given = said.given LIMIT ${MOST + 1}))`),
  pairsOfYear: select(`r.id = ANY(ARRAY(
    SELECT n.id FROM unnest($3::text[], $4::text[]) AS said(family, given)
    JOIN resident n ON n.kana_family = said.family AND n.kana_given = said.given
      AND n.birth_day BETWEEN $5::date AND $6::date LIMIT ${MOST + 1}))`),
  place: select('r.place_block = $3'),
};

const yearOf = (birth: SearchTerms['birth']): [string, string] | undefined =>
  birth && 'year' in birth ? [`${birth.year}-01-01`, `${birth.year}-12-31`] : undefined;

/** A way to look for people: the statement and what it is given. */
type Way = { sql: string; given: unknown[] };

/** Ways to people of a name as it was typed. */
function byName({ name, birth }: SearchTerms): Way[] {
  if (!name) return [];
  const year = yearOf(birth);
  if (name.kind === 'kana')
    return [
      year ? { sql: BY.kanaOfYear, given: [name.k4, ...year] } : { sql: BY.kana, given: [name.k4] },
      { sql: BY.names, given: [[name.k2]] },
    ];
  return [{ sql: BY.names, given: [name.kind === 'kanji' ? takenFor(name.key) : [name.key]] }];
}

/** The ways that what was said opens, those that leave fewest people first. */
export function waysTo(terms: SearchTerms, scope: Scope): Way[] {
  const ways: Way[] = [];
  if (terms.ticketNumber !== undefined) ways.push({ sql: BY.ticket, given: [terms.ticketNumber] });
  if (terms.addresseeNumber !== undefined)
    ways.push({ sql: BY.addressee, given: [terms.addresseeNumber] });
  if (terms.telephone !== undefined)
    ways.push({ sql: BY.telephone, given: [scope.lookupDigest(terms.telephone)] });
  if (terms.birth && 'day' in terms.birth) ways.push({ sql: BY.birth, given: [terms.birth.day] });
  ways.push(...byName(terms));
  if (terms.place) ways.push({ sql: BY.place, given: [terms.place.block] });
  return ways;
}

/** Ways to people whose name is one of these: what was typed with one kana wrong. */
export function wayToNames(terms: SearchTerms, pairs: readonly NamePair[]): Way {
  const year = yearOf(terms.birth);
  const given = [pairs.map((pair) => pair.family), pairs.map((pair) => pair.given)];
  return year ? { sql: BY.pairsOfYear, given: [...given, ...year] } : { sql: BY.pairs, given };
}

export async function followWay(query: Query, scope: Scope, way: Way): Promise<FoundPeople> {
  const rows = await query<Found>(way.sql, [scope.municipalityCode, scope.today, ...way.given]);
  return { people: rows.slice(0, MOST), more: rows.length > MOST };
}

/** Counts a search of a case and of an operator's day; gives both numbers, this one included. */
export async function countSearch(
  query: Query,
  counted: { caseId: string; operatorId: string; day: string },
): Promise<{ ofCase: number; ofOperator: number }> {
  const rows = await query<{ counted: string; times: number }>(
    `INSERT INTO search_count (counted, day, times)
     VALUES ($1, $3::date, 1), ($2, $3::date, 1)
     ON CONFLICT (counted, day) DO UPDATE SET times = search_count.times + 1
     RETURNING counted, times`,
    [`case:${counted.caseId}`, `operator:${counted.operatorId}`, counted.day],
  );
  const times = (kind: string): number =>
    rows.find((row) => row.counted.startsWith(kind))?.times ?? 0;
  return { ofCase: times('case:'), ofOperator: times('operator:') };
}

/** Every distinct family and given name of the register, in kana. */
export async function distinctNames(
  query: Query,
): Promise<{ families: string[]; givens: string[] }> {
  const [families, givens] = [
    await query<{ name: string }>(
      `SELECT DISTINCT kana_family AS name FROM resident WHERE kana_family <> '' AND NOT protected`,
    ),
    await query<{ name: string }>(
      `SELECT DISTINCT kana_given AS name FROM resident WHERE kana_given <> '' AND NOT protected`,
    ),
  ];
  return { families: families.map((row) => row.name), givens: givens.map((row) => row.name) };
}

import type { Query } from '@madoguchi/database';
import type { Found } from '../domain/judge-candidate.ts';
import { takenFor } from '../domain/judge-candidate.ts';
import type { NamePair } from '../domain/name-dictionary.ts';
import { MOST_SHOWN } from '../domain/choose-candidates.ts';
import type { SearchTerms } from '../domain/search-terms.ts';
import { daysOneDigitFrom } from '../domain/search-terms.ts';

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

const TICKETS = `ARRAY(SELECT t.ticket_number FROM ticket_copy t
  WHERE t.resident_id = r.id AND t.state <> 'void')`;

const select = (which: string, tickets: boolean): string => /* sql */ `
SELECT r.id AS "residentId", r.name_keys AS "nameKeys", r.kana_key AS "kanaKey",
  r.kana_loose AS "kanaLoose", r.kana_family AS "kanaFamily", r.date_of_birth AS "dateOfBirth",
  r.address, r.place_block AS "placeBlock", r.place_key AS "placeKey", r.telephones,
  r.addressee_number AS "addresseeNumber",
  ${tickets ? TICKETS : `ARRAY[]::text[]`} AS "ticketNumbers"
FROM resident r WHERE ${OPEN} AND ${which} LIMIT $3`;

const pairs = (limits: string): string => `r.id = ANY(ARRAY(
  SELECT n.id FROM unnest($4::text[], $5::text[]) AS said(family, given)
  JOIN resident n ON n.kana_family = said.family AND n.kana_given = said.given ${limits} LIMIT $3))`;

/** Conditions by which people are found, each over an index of its own. */
const BY = {
  ticket: `r.id = ANY(ARRAY(SELECT resident_id FROM ticket_copy WHERE ticket_number = $4 AND state <> 'void'))`,
  addressee: 'r.addressee_number = $4',
  telephone: 'r.telephone_digests @> ARRAY[$4::text]',
  birth: `r.id = ANY(ARRAY(
    SELECT id FROM resident WHERE birth_day = $4::date
    UNION SELECT id FROM resident
      WHERE length(date_of_birth) < 10 AND date_of_birth IN (left($4::text, 4), left($4::text, 7))))`,
  kana: 'r.kana_loose = $4',
  kanaOfYear: 'r.kana_loose = $4 AND r.birth_day BETWEEN $5::date AND $6::date',
  kanaOfDays: 'r.kana_loose = $4 AND r.birth_day = ANY($5::date[])',
  names: 'r.name_keys && $4::text[]',
  namesOfYear: 'r.name_keys && $4::text[] AND r.birth_day BETWEEN $5::date AND $6::date',
  namesOfDays: 'r.name_keys && $4::text[] AND r.birth_day = ANY($5::date[])',
  pairs: pairs(''),
  pairsOfYear: pairs('AND n.birth_day BETWEEN $6::date AND $7::date'),
  place: 'r.place_block = $4 AND r.place_key = $5',
  block: 'r.place_block = $4',
};

/** A way to look for people: by what, and with which values. */
export type Way = { by: keyof typeof BY; given: unknown[] };

/** When somebody was born, as far as it narrows down a name: a year, or a day with one digit wrong. */
function born(birth: SearchTerms['birth']): { suffix: '' | 'OfYear' | 'OfDays'; given: unknown[] } {
  if (!birth) return { suffix: '', given: [] };
  return 'year' in birth
    ? { suffix: 'OfYear', given: [`${birth.year}-01-01`, `${birth.year}-12-31`] }
    : { suffix: 'OfDays', given: [daysOneDigitFrom(birth.day)] };
}

/** Ways to people of a name as it was typed. */
function byName({ name, birth }: SearchTerms): Way[] {
  if (!name) return [];
  const { suffix, given } = born(birth);
  if (name.kind === 'kana')
    return [
      { by: `kana${suffix}`, given: [name.k4, ...given] },
      { by: `names${suffix}`, given: [[name.k2], ...given] },
    ];
  const keys = name.kind === 'kanji' ? takenFor(name.key) : [name.key];
  return [{ by: `names${suffix}`, given: [keys, ...given] }];
}

/** The ways that what was said opens, those that leave fewest people first. */
export function waysTo(terms: SearchTerms, scope: Scope): Way[] {
  const { ticketNumber, addresseeNumber, telephone, birth, place } = terms;
  const ways: Way[] = [];
  if (ticketNumber !== undefined) ways.push({ by: 'ticket', given: [ticketNumber] });
  if (addresseeNumber !== undefined) ways.push({ by: 'addressee', given: [addresseeNumber] });
  if (telephone !== undefined)
    ways.push({ by: 'telephone', given: [scope.lookupDigest(telephone)] });
  if (birth && 'day' in birth) ways.push({ by: 'birth', given: [birth.day] });
  ways.push(...byName(terms));
  if (place) {
    ways.push({ by: 'place', given: [place.block, place.key] });
    ways.push({ by: 'block', given: [place.block] });
  }
  return ways;
}

/** Way to people whose name is one of these: what was typed with one kana wrong. */
export function wayToNames(terms: SearchTerms, names: readonly NamePair[]): Way {
  const given = [names.map((pair) => pair.family), names.map((pair) => pair.given)];
  const { birth } = terms;
  // With a whole birth date the people of that day were judged before; one thing at a time is wrong.
  return birth && 'year' in birth
    ? { by: 'pairsOfYear', given: [...given, ...born(birth).given] }
    : { by: 'pairs', given };
}

export async function followWay(
  query: Query,
  scope: Scope,
  { way, terms }: { way: Way; terms: SearchTerms },
): Promise<FoundPeople> {
  // Of people who are found by nothing but a name, eleven already are too many to tell apart.
  const alone = Object.values(terms).filter((term) => term !== undefined).length === 1;
  const most = alone && (way.by === 'names' || way.by === 'kana') ? MOST_SHOWN * 4 : MOST;
  const rows = await query<Found>(select(BY[way.by], terms.ticketNumber !== undefined), [
    scope.municipalityCode,
    scope.today,
    most + 1,
    ...way.given,
  ]);
  return { people: rows.slice(0, most), more: rows.length > most };
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

/** Searches count for a day; two are kept, for the clocks' sake. */
export async function dropOldSearchCounts(query: Query, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 2 * 86_400_000);
  await query('DELETE FROM search_count WHERE day < $1::date', [before]);
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

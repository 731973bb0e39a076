import type { SpokenItem, SpokenItems } from '@madoguchi/contracts';
import { SPOKEN_ITEMS } from '@madoguchi/contracts';
import type { BirthDateFault, CalendarDate } from '@madoguchi/kernel';
import {
  addressParts,
  isKana,
  isRoman,
  kanaKeys,
  kanjiKey,
  normalisePhoneNumber,
  reachesBlock,
  readBirthDate,
  readOwnTicket,
  romanKey,
  sameAddress,
} from '@madoguchi/kernel';

export type ItemOutcome = 'match' | 'no-match' | 'unreadable' | 'not-given';
export type Outcomes = Record<SpokenItem, ItemOutcome>;

/** What a caller said, read; undefined where it was not given or cannot be read. */
export type ReadItems = {
  name: { kana: string } | { roman: string } | { kanji: string } | undefined;
  dateOfBirth: CalendarDate | undefined;
  /** Why a birth date that was given cannot be compared. */
  dateOfBirthFault?: BirthDateFault;
  address: string | undefined;
  ticketNumber: string | undefined;
  telephone: string | undefined;
};

/** The side of the register that items are compared with. */
export type Compared = {
  nameKeys: readonly string[];
  kanaKey: string | null;
  dateOfBirth: string;
  address: string;
  ticketNumbers: readonly string[];
  telephones: readonly string[];
  telephoneDigests: readonly string[];
  addresseeNumber: string;
};

function readName(text: string): ReadItems['name'] {
  if (isKana(text)) return { kana: kanaKeys(text).k2 };
  return isRoman(text) ? { roman: romanKey(text) } : { kanji: kanjiKey(text) };
}

/**
 * @param today nobody is born later
 * @param municipalityCode whose tickets count
 */
export function readItems(
  items: SpokenItems,
  today: CalendarDate,
  municipalityCode: string,
): ReadItems {
  const given = (text: string | undefined): string | undefined => text?.trim() || undefined;
  const said = given(items.dateOfBirth);
  const birth = said === undefined ? undefined : readBirthDate(said, today);
  const address = given(items.address);
  const place = address === undefined ? undefined : addressParts(address);
  return {
    name: given(items.name) === undefined ? undefined : readName(given(items.name) ?? ''),
    dateOfBirth: birth?.kind === 'date' ? birth.date : undefined,
    ...(birth && birth.kind !== 'date' ? { dateOfBirthFault: birth.kind } : {}),
    address: place !== undefined && reachesBlock(place) ? address : undefined,
    ticketNumber:
      items.ticketNumber === undefined
        ? undefined
        : readOwnTicket(items.ticketNumber, municipalityCode),
    telephone: items.telephone === undefined ? undefined : normalisePhoneNumber(items.telephone),
  };
}

/** Which items were given, and which of those could be read. */
export function readability(
  items: SpokenItems,
  read: ReadItems,
): Record<SpokenItem, 'readable' | 'unreadable' | 'not-given'> {
  const of = (item: SpokenItem): 'readable' | 'unreadable' | 'not-given' => {
    if ((items[item]?.trim() ?? '') === '') return 'not-given';
    return read[item] === undefined ? 'unreadable' : 'readable';
  };
  return Object.fromEntries(SPOKEN_ITEMS.map((item) => [item, of(item)])) as ReturnType<
    typeof readability
  >;
}

/** Kana match whatever the spelling of long vowels (オオタ, オータ), kanji and roman letters by key. */
function nameMatches(name: NonNullable<ReadItems['name']>, person: Compared): boolean {
  if (!('kana' in name)) return person.nameKeys.includes('roman' in name ? name.roman : name.kanji);
  if (person.kanaKey === name.kana || person.nameKeys.includes(name.kana)) return true;
  return person.kanaKey !== null && kanaKeys(person.kanaKey).k3 === kanaKeys(name.kana).k3;
}

/** What was said as facts that point at one person: the ticket, and every pair of the others. */
export function factsThatPoint(read: ReadItems): string[] {
  const name = read.name && Object.values(read.name).join('');
  const place = read.address === undefined ? undefined : addressParts(read.address);
  const facts = [
    name && `name:${name}`,
    read.dateOfBirth && `birth:${read.dateOfBirth}`,
    place && `place:${place.town}:${place.numbers.join('-')}`,
    read.telephone && `telephone:${read.telephone}`,
  ].filter((fact) => fact !== undefined && fact !== '');
  const pairs = facts.flatMap((one, index) =>
    facts.slice(index + 1).map((other) => `${one}|${other}`),
  );
  return read.ticketNumber === undefined ? pairs : [`ticket:${read.ticketNumber}`, ...pairs];
}

/** A birth date the register knows only in part matches what agrees with the known part. */
const birthMatches = (said: CalendarDate, known: string): boolean => said.startsWith(known);

function itemMatches(item: SpokenItem, read: ReadItems, person: Compared): boolean {
  switch (item) {
    case 'name':
      return read.name !== undefined && nameMatches(read.name, person);
    case 'dateOfBirth':
      return read.dateOfBirth !== undefined && birthMatches(read.dateOfBirth, person.dateOfBirth);
    case 'address':
      return read.address !== undefined && sameAddress(read.address, person.address);
    case 'ticketNumber':
      return read.ticketNumber !== undefined && person.ticketNumbers.includes(read.ticketNumber);
    case 'telephone':
      return read.telephone !== undefined && person.telephones.includes(read.telephone);
  }
}

export type ComparedAgainst = {
  person: Compared;
  callerNumberDigest?: string | undefined;
  /** The call has to come from a number on record; what is said of it does not count. */
  fromNumberOnRecord?: boolean | undefined;
};

/**
 * Each given item against one person. A number that was not said counts as matching when the call comes
 * from it.
 */
export function compareItems(
  items: SpokenItems,
  read: ReadItems,
  against: ComparedAgainst,
): Outcomes {
  const { person, callerNumberDigest, fromNumberOnRecord } = against;
  const given = readability(items, read);
  const callsFromIt =
    callerNumberDigest !== undefined && person.telephoneDigests.includes(callerNumberDigest);
  return Object.fromEntries(
    SPOKEN_ITEMS.map((item) => {
      if (item === 'telephone' && fromNumberOnRecord === true)
        return [item, callsFromIt ? 'match' : 'no-match'];
      if (item === 'telephone' && given[item] === 'not-given' && callsFromIt)
        return [item, 'match'];
      if (given[item] !== 'readable') return [item, given[item]];
      return [item, itemMatches(item, read, person) ? 'match' : 'no-match'];
    }),
  ) as Outcomes;
}

/** The answer while too little was said to look for anybody: what could be read is not compared. */
export function notCompared(items: SpokenItems, read: ReadItems): Outcomes {
  const given = readability(items, read);
  return Object.fromEntries(
    SPOKEN_ITEMS.map((item) => [item, given[item] === 'unreadable' ? 'unreadable' : 'not-given']),
  ) as Outcomes;
}

/** The answer for nobody: what could be read does not match. Protected and unknown people get this one. */
export function nobody(items: SpokenItems, read: ReadItems): Outcomes {
  const given = readability(items, read);
  return Object.fromEntries(
    SPOKEN_ITEMS.map((item) => [item, given[item] === 'readable' ? 'no-match' : given[item]]),
  ) as Outcomes;
}

export const matchedItems = (outcomes: Outcomes): Set<SpokenItem> =>
  new Set(SPOKEN_ITEMS.filter((item) => outcomes[item] === 'match'));

export const contradicts = (outcomes: Outcomes): boolean =>
  SPOKEN_ITEMS.some((item) => outcomes[item] === 'no-match');

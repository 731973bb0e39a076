import type { SearchItems } from '@madoguchi/contracts';
import type { BirthDateFault, CalendarDate } from '@madoguchi/kernel';
import {
  isKana,
  isRoman,
  kanaKeys,
  kanjiKey,
  normalisePhoneNumber,
  parseCalendarDate,
  readBirthDate,
  readOwnTicket,
  romanKey,
  toKatakana,
} from '@madoguchi/kernel';
import { placeKeys } from './search-keys.ts';

export type SearchedName =
  | { kind: 'kana'; typed: string; k2: string; k3: string; k4: string }
  | { kind: 'roman'; key: string }
  | { kind: 'kanji'; key: string };

/** What is looked for, read; undefined where it was not given or cannot be read. */
export type SearchTerms = {
  name: SearchedName | undefined;
  /** A whole day, or only the year. */
  birth: { day: CalendarDate } | { year: number } | undefined;
  place: { address: string; block: string; key: string } | undefined;
  ticketNumber: string | undefined;
  telephone: string | undefined;
  addresseeNumber: string | undefined;
};

const given = (text: string | undefined): string | undefined => text?.trim() || undefined;

function nameOf(text: string): SearchedName {
  if (isKana(text)) {
    const { k2, k3, k4 } = kanaKeys(text);
    return { kind: 'kana', typed: toKatakana(text), k2, k3, k4 };
  }
  return isRoman(text)
    ? { kind: 'roman', key: romanKey(text) }
    : { kind: 'kanji', key: kanjiKey(text) };
}

/** A day outside its era is looked for as the day that was probably meant, a year alone as a year. */
function birthOf(text: string, today: CalendarDate): SearchTerms['birth'] | BirthDateFault {
  const read = readBirthDate(text, today);
  switch (read.kind) {
    case 'date':
    case 'outside-era':
      return { day: read.date };
    case 'year-only':
      return { year: read.year };
    case 'future':
    case 'no-such-day':
    case 'unreadable':
      return read.kind;
  }
}

/** Why a birth date that was given cannot be looked for. */
export function birthFaultOf(items: SearchItems, today: CalendarDate): BirthDateFault | undefined {
  const said = given(items.dateOfBirth);
  const birth = said === undefined ? undefined : birthOf(said, today);
  return typeof birth === 'string' ? birth : undefined;
}

function placeOf(address: string): SearchTerms['place'] {
  const { placeBlock, placeKey } = placeKeys(address);
  return placeBlock && placeKey ? { address, block: placeBlock, key: placeKey } : undefined;
}

/**
 * Reads what was typed into the search, in any notation.
 * @param today nobody is born later
 */
export function searchTerms(
  items: SearchItems,
  today: CalendarDate,
  municipalityCode: string,
): SearchTerms {
  const read = <T>(text: string | undefined, how: (text: string) => T): T | undefined => {
    const there = given(text);
    return there === undefined ? undefined : how(there);
  };
  const birth = read(items.dateOfBirth, (text) => birthOf(text, today));
  return {
    name: read(items.name, nameOf),
    birth: typeof birth === 'string' ? undefined : birth,
    place: read(items.address, placeOf),
    ticketNumber: read(items.ticketNumber, (text) => readOwnTicket(text, municipalityCode)),
    telephone: read(items.telephone, normalisePhoneNumber),
    addresseeNumber: read(items.addresseeNumber, (text) => text.normalize('NFKC')),
  };
}

/** A day, the days that are written with one other digit, and the one with day and month exchanged. */
export function daysOneDigitFrom(day: CalendarDate): CalendarDate[] {
  const [year = '', month = '', date = ''] = day.split('-');
  const written = Array.from(day).flatMap((digit, at) =>
    digit === '-'
      ? []
      : Array.from({ length: 10 }, (_, other) => `${day.slice(0, at)}${other}${day.slice(at + 1)}`),
  );
  const days = [day, `${year}-${date}-${month}`, ...written].map((text) => parseCalendarDate(text));
  return [...new Set(days.filter((one) => one !== undefined))];
}

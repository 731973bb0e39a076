import type { SearchItems } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import {
  isKana,
  isRoman,
  kanaKeys,
  kanjiKey,
  normalisePhoneNumber,
  parseCalendarDate,
  readDate,
  readTicket,
  readYear,
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

function birthOf(text: string): SearchTerms['birth'] {
  const date = readDate(text);
  if (date.kind === 'date') return { day: date.date };
  const year = readYear(text);
  return year === undefined ? undefined : { year };
}

function placeOf(address: string): SearchTerms['place'] {
  const { placeBlock, placeKey } = placeKeys(address);
  return placeBlock && placeKey ? { address, block: placeBlock, key: placeKey } : undefined;
}

/** Reads what was typed into the search, in any notation. */
export function searchTerms(items: SearchItems): SearchTerms {
  const read = <T>(text: string | undefined, how: (text: string) => T): T | undefined => {
    const there = given(text);
    return there === undefined ? undefined : how(there);
  };
  return {
    name: read(items.name, nameOf),
    birth: read(items.dateOfBirth, birthOf),
    place: read(items.address, placeOf),
    ticketNumber: read(items.ticketNumber, (text) => readTicket(text)?.ticketNumber),
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

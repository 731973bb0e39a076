import type { CalendarDate } from './calendar-date.ts';
import { parseCalendarDate } from './calendar-date.ts';
import { kanjiNumbersAsDigits } from './kanji-number.ts';

type Era = { ja: string; letter: string; digit: string; first: CalendarDate; last: CalendarDate };
const era = (names: [ja: string, letter: string, digit: string], days: [string, string]): Era => ({
  ja: names[0],
  letter: names[1],
  digit: names[2],
  first: days[0] as CalendarDate,
  last: days[1] as CalendarDate,
});

/** 明治 to 令和 with their first and last day. */
export const ERAS: readonly Era[] = [
  era(['明治', 'M', '1'], ['1868-01-25', '1912-07-29']),
  era(['大正', 'T', '2'], ['1912-07-30', '1926-12-24']),
  era(['昭和', 'S', '3'], ['1926-12-25', '1989-01-07']),
  era(['平成', 'H', '4'], ['1989-01-08', '2019-04-30']),
  era(['令和', 'R', '5'], ['2019-05-01', '9999-12-31']),
];

export type ReadDate =
  | {
      kind: 'date';
      date: CalendarDate;
      /** The era had ended, or not begun: ask back. */ outsideEra: boolean;
    }
  /** Written as a date, and no day of the calendar: 2月30日. */
  | { kind: 'no-such-day' }
  | { kind: 'unreadable' };

const UNREADABLE: ReadDate = { kind: 'unreadable' };
const NO_SUCH_DAY: ReadDate = { kind: 'no-such-day' };
const pad = (text: string, width: number): string => text.padStart(width, '0');

function gregorian(year: number, rest: [string, string]): CalendarDate | undefined {
  return parseCalendarDate(`${pad(String(year), 4)}-${pad(rest[0], 2)}-${pad(rest[1], 2)}`);
}

function inEra(found: Era, parts: [string, string, string]): ReadDate {
  const yearOfEra = parts[0] === '元' ? 1 : Number(parts[0]);
  if (yearOfEra < 1) return NO_SUCH_DAY;
  const date = gregorian(Number(found.first.slice(0, 4)) + yearOfEra - 1, [parts[1], parts[2]]);
  if (!date) return NO_SUCH_DAY;
  return { kind: 'date', date, outsideEra: date < found.first || date > found.last };
}

const plainOf = (text: string): string =>
  kanjiNumbersAsDigits(text.normalize('NFKC').replace(/\s/gu, '').toUpperCase());

/**
 * A date as people write and say it: 令和5年4月1日, R5.4.1, R050401, 5050401 (era digit), 昭和元年1月1日,
 * 昭和二十年三月三日, 1964/3/5, 19640305, in half or full width. S64.1.8 is read and marked.
 */
export function readDate(text: string): ReadDate {
  if (/^[12]\d{7}$/u.test(text)) {
    // As registers write it, by the million.
    const date = parseCalendarDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
    return date ? { kind: 'date', date, outsideEra: false } : NO_SUCH_DAY;
  }
  const plain = plainOf(text);
  const named =
    /^(明治|大正|昭和|平成|令和|明|大|昭|平|令|[MTSHR])(元|\d{1,2})[年./-]?(\d{1,2})[月./-]?(\d{1,2})日?$/u.exec(
      plain,
    );
  const compact = /^([MTSHR1-5])(\d{2})(\d{2})(\d{2})$/u.exec(plain);
  const [, name = '', year = '', month = '', day = ''] = compact ?? named ?? [];
  const found = ERAS.find(
    ({ ja, letter, digit }) =>
      ja === name || (name !== '' && ja.startsWith(name)) || letter === name || digit === name,
  );
  if (found) return inEra(found, [year, month, day]);
  const western = /^(\d{4})(?:[年./-](\d{1,2})[月./-](\d{1,2})日?|(\d{2})(\d{2}))$/u.exec(plain);
  if (!western) return UNREADABLE;
  const date = gregorian(Number(western[1]), [
    western[2] ?? western[4] ?? '',
    western[3] ?? western[5] ?? '',
  ]);
  return date ? { kind: 'date', date, outsideEra: false } : NO_SUCH_DAY;
}

/** A year alone as people say it: 1964, 1964年, 昭和39年, S39, 平成元年; undefined where it is none. */
export function readYear(text: string): number | undefined {
  const plain = plainOf(text);
  const western = /^(\d{4})年?(?:生まれ)?$/u.exec(plain);
  if (western) return Number(western[1]);
  const [, name = '', year = ''] =
    /^(明治|大正|昭和|平成|令和|[明大昭平令MTSHR])(元|\d{1,2})年?(?:生まれ)?$/u.exec(plain) ?? [];
  const found = ERAS.find(
    ({ ja, letter }) => name !== '' && (ja.startsWith(name) || letter === name),
  );
  if (!found) return undefined;
  return Number(found.first.slice(0, 4)) + (year === '元' ? 1 : Number(year)) - 1;
}

/** 令和8年11月23日; the first year is 元年. */
export function formatEraDate(date: CalendarDate): string {
  const found = ERAS.find(({ first, last }) => first <= date && date <= last);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (!found) return `${year}年${month}月${day}日`;
  const yearOfEra = year - Number(found.first.slice(0, 4)) + 1;
  return `${found.ja}${yearOfEra === 1 ? '元' : yearOfEra}年${month}月${day}日`;
}

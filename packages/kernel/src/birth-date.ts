import type { CalendarDate } from './calendar-date.ts';
import { readDate, readYear } from './era-date.ts';

/** Why what was said is no birth date, or none to be sure of. */
export const BIRTH_DATE_FAULTS = [
  /** Later than today. */
  'future',
  /** A day on which its era had ended or not begun: 平成31年5月1日. */
  'outside-era',
  /** 2月30日, 13月1日. */
  'no-such-day',
  /** 令和元年, without month and day. */
  'year-only',
  'unreadable',
] as const;
export type BirthDateFault = (typeof BIRTH_DATE_FAULTS)[number];

export type BirthDateReading =
  | { kind: 'date'; date: CalendarDate }
  /** The day that was probably meant. */
  | { kind: 'future' | 'outside-era'; date: CalendarDate }
  | { kind: 'year-only'; year: number }
  | { kind: 'no-such-day' | 'unreadable' };

/** How a birth date is understood, in any notation of `readDate`. */
export function readBirthDate(text: string, today: CalendarDate): BirthDateReading {
  const read = readDate(text);
  if (read.kind === 'date') {
    if (read.date > today) return { kind: 'future', date: read.date };
    return { kind: read.outsideEra ? 'outside-era' : 'date', date: read.date };
  }
  const year = readYear(text);
  if (year === undefined) return read;
  return year > Number(today.slice(0, 4)) ? { kind: 'unreadable' } : { kind: 'year-only', year };
}

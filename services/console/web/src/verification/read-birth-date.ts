import { tokyoDate } from '@madoguchi/kernel/calendar-date';
import { formatEraDate, readDate } from '@madoguchi/kernel/era-date';
import { spokenAge } from '../format/spoken-age.ts';

/** How a typed birth date is understood. */
export type BirthDateReading =
  /** No date yet, or none at all. */
  | { kind: 'unreadable' }
  /** A date whose era had ended or not begun (昭和64年1月8日), or that lies ahead: ask back. */
  | { kind: 'doubtful'; era: string; gregorian: string }
  | { kind: 'date'; era: string; gregorian: string; age: number };

export function readBirthDate(typed: string, now: Date): BirthDateReading {
  const read = readDate(typed);
  if (read.kind === 'unreadable') return { kind: 'unreadable' };
  const era = formatEraDate(read.date);
  const today = tokyoDate(now);
  if (read.outsideEra || read.date > today) {
    return { kind: 'doubtful', era, gregorian: read.date };
  }
  return { kind: 'date', era, gregorian: read.date, age: spokenAge(read.date, today) };
}

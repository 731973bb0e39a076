import type { BirthDateReading } from '@madoguchi/kernel/birth-date';
import { readBirthDate } from '@madoguchi/kernel/birth-date';
import { tokyoDate } from '@madoguchi/kernel/calendar-date';
import { formatEraDate } from '@madoguchi/kernel/era-date';
import { spokenAge } from '../format/spoken-age.ts';

type Written = { era: string; gregorian: string };

/** How a typed birth date is understood, and how that day is written. */
export type ShownBirthDate =
  | ({ kind: 'date'; age: number } & Written)
  | ({ kind: 'future' | 'outside-era' } & Written)
  | Exclude<BirthDateReading, { date: unknown }>;

export function shownBirthDate(typed: string, now: Date): ShownBirthDate {
  const today = tokyoDate(now);
  const read = readBirthDate(typed, today);
  if (!('date' in read)) return read;
  const written = { era: formatEraDate(read.date), gregorian: read.date };
  return read.kind === 'date'
    ? { kind: read.kind, ...written, age: spokenAge(read.date, today) }
    : { kind: read.kind, ...written };
}

import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, addMonths, parseCalendarDate, readDate } from '@madoguchi/kernel';

/** A birth date as far as it is known, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, and the latest day it can be. */
export type KnownBirth = { known: string; day: CalendarDate };

const PARTLY =
  /^(?<year>\d{4})(?:年|[-/])?(?:(?<month>\d{1,2})(?:月|[-/])?)?(?:00日?|日?不詳|月日不詳)?$/u;

function lastDayOf(known: string): CalendarDate | undefined {
  const months = known.length === 4 ? 12 : 1;
  const first = parseCalendarDate(known.length === 4 ? `${known}-01-01` : `${known}-01`);
  return first && addDays(addMonths(first, months, 'first-of-next'), -1);
}

/** A birth date in any notation, or what is known of one: 1950, 1950年3月, 1950年月日不詳, 19500300, 19500000. */
export function readBirth(text: string): KnownBirth | undefined {
  const whole = readDate(text);
  if (whole.kind === 'date')
    return whole.outsideEra ? undefined : { known: whole.date, day: whole.date };
  const plain = text.normalize('NFKC').replace(/\s/gu, '').replace(/0000$/u, '');
  const { year, month } = PARTLY.exec(plain)?.groups ?? {};
  if (year === undefined) return undefined;
  const known =
    month === undefined || Number(month) === 0 ? year : `${year}-${month.padStart(2, '0')}`;
  const day = lastDayOf(known);
  return day && { known, day };
}

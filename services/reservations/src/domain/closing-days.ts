import type { ShutReason } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { isPublicHoliday } from './public-holiday.ts';

/** When a venue is closed, as its owner tells. */
export type VenueDays = {
  /** National holidays, and 29 December to 3 January. */
  closesOnHolidays: boolean;
  closedDays: readonly string[];
  activeFrom: string | null;
  /** Half-open. */
  activeTo: string | null;
  /** 0 is Sunday; empty where no hours are known, which closes no day. */
  openWeekdays: readonly number[];
};

/** 0 is Sunday. */
export const weekdayOf = (day: CalendarDate): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** Why the venue is closed on a day; undefined where it is open. The same in SQL is `SHUT` of the venues' store. */
export function whyClosedOn(venue: VenueDays, day: CalendarDate): ShutReason | undefined {
  if (venue.closedDays.includes(day)) return 'closed-day';
  if (venue.activeFrom !== null && day < venue.activeFrom) return 'venue-inactive';
  if (venue.activeTo !== null && venue.activeTo <= day) return 'venue-inactive';
  if (venue.openWeekdays.length > 0 && !venue.openWeekdays.includes(weekdayOf(day)))
    return 'weekday';
  return venue.closesOnHolidays && isPublicHoliday(day) ? 'holiday' : undefined;
}

/** Is the venue closed on a day? */
export const isClosedOn = (venue: VenueDays, day: CalendarDate): boolean =>
  whyClosedOn(venue, day) !== undefined;

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

const weekdayOf = (day: CalendarDate): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** Is the venue closed on a day? */
export function isClosedOn(venue: VenueDays, day: CalendarDate): boolean {
  if (venue.closedDays.includes(day)) return true;
  if (venue.activeFrom !== null && day < venue.activeFrom) return true;
  if (venue.activeTo !== null && venue.activeTo <= day) return true;
  if (venue.openWeekdays.length > 0 && !venue.openWeekdays.includes(weekdayOf(day))) return true;
  return venue.closesOnHolidays && isPublicHoliday(day);
}

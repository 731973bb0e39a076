import holidays from '@holiday-jp/holiday_jp';
import type { CalendarDate } from '@madoguchi/kernel';

/** National holidays, and 29 December to 3 January, when public offices rest (行政機関の休日に関する法律). */
export function isPublicHoliday(day: CalendarDate): boolean {
  const monthDay = day.slice(5);
  return monthDay >= '12-29' || monthDay <= '01-03' || Object.hasOwn(holidays.holidays, day);
}

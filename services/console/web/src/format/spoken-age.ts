import type { CalendarDate } from '@madoguchi/kernel/calendar-date';

/**
 * Age as people say it: one more on the birthday itself. The rules of the programme reckon by law, a
 * day earlier, and are decided by the services.
 */
export function spokenAge(birth: CalendarDate, day: CalendarDate): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return birth.slice(5) > day.slice(5) ? years - 1 : years;
}

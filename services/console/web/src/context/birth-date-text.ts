import { parseCalendarDate, tokyoDate } from '@madoguchi/kernel/calendar-date';
import { formatEraDate } from '@madoguchi/kernel/era-date';
import { spokenAge } from '../format/spoken-age.ts';
import type { Language } from '../messages/message.ts';

/**
 * A birth date as it is spoken: era and Gregorian year, and the age today. Partly unknown dates
 * (`YYYY` or `YYYY-MM`) are shown as far as they are known.
 */
export function birthDateText(text: string, language: Language, now: Date): string {
  const date = parseCalendarDate(text);
  if (date === undefined) return text;
  const age = spokenAge(date, tokyoDate(now));
  if (language === 'en') return `${date} (age ${age})`;
  return `${formatEraDate(date)}(${date.slice(0, 4)}年)${age}歳`;
}

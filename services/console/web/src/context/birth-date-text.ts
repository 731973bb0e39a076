import { tokyoDay } from '../format/dates.ts';
import type { Language } from '../messages/message.ts';

/**
 * A birth date as it is spoken: era and Gregorian year, and the age today. Partly unknown dates
 * (`YYYY` or `YYYY-MM`) are shown as far as they are known.
 */
export function birthDateText(date: string, language: Language, now = new Date()): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  const age = ageOn(date, tokyoDay(now));
  if (language === 'en') return `${date} (age ${age})`;
  const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
    timeZone: 'UTC',
    era: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  })
    .format(new Date(`${date}T00:00:00Z`))
    .replace(/^(\D+)1年/, '$1元年');
  return `${era}(${date.slice(0, 4)}年)${age}歳`;
}

function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return birth.slice(5) > day.slice(5) ? years - 1 : years;
}

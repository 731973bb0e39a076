/** A day of the calendar in Asia/Tokyo, `YYYY-MM-DD`; no time, no zone to get wrong. */
export type CalendarDate = string & { readonly __calendarDate: true };

const DAY_MS = 86_400_000;
const TOKYO_OFFSET_MS = 9 * 3_600_000;

const fromUtc = (ms: number): CalendarDate =>
  new Date(ms).toISOString().slice(0, 10) as CalendarDate;
const toUtc = (date: CalendarDate): number => Date.parse(`${date}T00:00:00Z`);

const leapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lastDayOf = (year: number, month: number): number =>
  month === 2 ? (leapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** The date, or undefined where there is no such day (2月30日). */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Number(text.slice(8));
  const month = Number(text.slice(5, 7));
  // There was no year 0, and databases refuse it.
  if (day < 1 || month < 1 || month > 12 || text.startsWith('0000')) return undefined;
  // The last day is asked for only where it matters: a register has millions of dates.
  if (day > 28 && day > lastDayOf(Number(text.slice(0, 4)), month)) return undefined;
  return text as CalendarDate;
}

/** For literals and values a schema has already checked; throws on anything else. */
export function calendarDate(text: string): CalendarDate {
  const date = parseCalendarDate(text);
  if (date === undefined) throw new RangeError(`not a calendar date: ${text}`);
  return date;
}

/** @throws RangeError behind 9999-12-31, which no calendar of ours has: a loop over days must not go on there */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const day = fromUtc(toUtc(date) + days * DAY_MS);
  if (day.startsWith('+')) throw new RangeError(`no such day: ${days} after ${date}`);
  return day;
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY_MS);
}

/** The Monday of a day's week. */
export function mondayOf(date: CalendarDate): CalendarDate {
  const sinceMonday = (new Date(toUtc(date)).getUTCDay() + 6) % 7;
  return addDays(date, -sinceMonday);
}

/**
 * What a missing day becomes: the first of the next month (this vaccine, 同日がない場合はその翌月の1日)
 * or the month's last day (some routine vaccines).
 */
export type MonthOverflow = 'first-of-next' | 'last-of-month';

export function addMonths(
  date: CalendarDate,
  months: number,
  overflow: MonthOverflow,
): CalendarDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const first = Date.UTC(year, month - 1 + months, 1);
  const next = new Date(first);
  const lastDay = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
  if (day <= lastDay) return fromUtc(first + (day - 1) * DAY_MS);
  return fromUtc(first + (overflow === 'first-of-next' ? lastDay : lastDay - 1) * DAY_MS);
}

/** The calendar day in Tokyo at an instant. Japan has no daylight saving time. */
export function tokyoDate(instant: Date): CalendarDate {
  return fromUtc(instant.getTime() + TOKYO_OFFSET_MS);
}

/** Wall time in Tokyo, `HH:MM`. */
export function tokyoTime(instant: Date): string {
  return new Date(instant.getTime() + TOKYO_OFFSET_MS).toISOString().slice(11, 16);
}

/** The instant of a wall time in Tokyo. */
export function tokyoInstant(date: CalendarDate, time: string): Date {
  return new Date(`${date}T${time}:00+09:00`);
}

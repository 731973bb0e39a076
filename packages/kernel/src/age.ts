import type { CalendarDate } from './calendar-date.ts';
import { addDays, addMonths } from './calendar-date.ts';

/**
 * The day on which an age is reached: the day before the birthday (年齢計算ニ関スル法律), and 28 February
 * for those born on the 29th.
 */
export function ageReachedOn(birth: CalendarDate, age: number): CalendarDate {
  return addDays(addMonths(birth, age * 12, 'first-of-next'), -1);
}

/** Completed years on a day, reached on the day before the birthday. */
export function ageOn(birth: CalendarDate, day: CalendarDate): number {
  let age = Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) + 1;
  while (age > 0 && ageReachedOn(birth, age) > day) age -= 1;
  return age;
}

/**
 * Age bounds as MHLW reads them for vaccination: 〇歳以上 holds from the day before the birthday, 〇歳未満
 * up to and including that day, so on that one day a person is both.
 */
export function withinAge(
  birth: CalendarDate,
  day: CalendarDate,
  bounds: { from?: number | undefined; below?: number | undefined },
): boolean {
  if (bounds.from !== undefined && day < ageReachedOn(birth, bounds.from)) return false;
  return bounds.below === undefined || day <= ageReachedOn(birth, bounds.below);
}

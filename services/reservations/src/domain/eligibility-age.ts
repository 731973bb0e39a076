import type { DoseRule } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, addMonths } from '@madoguchi/kernel';

type Ages = Pick<
  DoseRule,
  'ageJudgedOn' | 'ageFromMonths' | 'ageBelowMonths' | 'bornFrom' | 'bornTo'
>;

/** The days an age can be judged on. */
export type AgeDays = {
  vaccination: CalendarDate;
  firstDose: CalendarDate;
  /** The first dose is none that was given or booked: it is wherever this one is. */
  firstDoseMoves: boolean;
};

/** The day on which an age in months is reached: the day before (年齢計算ニ関スル法律). */
export function reachedOn(birth: CalendarDate, months: number): CalendarDate {
  return addDays(addMonths(birth, months, 'first-of-next'), -1);
}

/** 31 March that ends the fiscal year of a day. */
function fiscalYearEnd(day: CalendarDate): CalendarDate {
  const year = Number(day.slice(0, 4)) + (day.slice(5) >= '04-01' ? 1 : 0);
  return `${String(year).padStart(4, '0')}-03-31` as CalendarDate;
}

const fiscalYearStart = (day: CalendarDate): CalendarDate =>
  `${String(Number(fiscalYearEnd(day).slice(0, 4)) - 1).padStart(4, '0')}-04-01` as CalendarDate;

const judgedOn = (ages: Ages, days: AgeDays): CalendarDate => {
  switch (ages.ageJudgedOn) {
    case 'vaccination-day':
      return days.vaccination;
    case 'first-dose':
      return days.firstDose;
    case 'fiscal-year-end':
      return fiscalYearEnd(days.vaccination);
  }
};

/**
 * Whether ages and birth dates of a rule fit. 〇歳以上 holds from the day before the birthday, 〇歳未満 up to
 * and including that day (MHLW, 2014-03-11), so on that one day a person is both. Within a fiscal year
 * there is no such day: whoever reaches the age by its end is not below it.
 */
export function ageFits(ages: Ages, birth: CalendarDate, days: AgeDays): boolean {
  const day = judgedOn(ages, days);
  const { ageFromMonths, ageBelowMonths, bornFrom, bornTo } = ages;
  if (bornFrom !== null && birth < bornFrom) return false;
  if (bornTo !== null && birth > bornTo) return false;
  if (day < birth) return false;
  if (ageFromMonths !== null && day < reachedOn(birth, ageFromMonths)) return false;
  if (ageBelowMonths === null) return true;
  const reached = reachedOn(birth, ageBelowMonths);
  return ages.ageJudgedOn === 'fiscal-year-end' ? day < reached : day <= reached;
}

/** The first day on which somebody who is too young is old enough; undefined where waiting does not help. */
export function oldEnoughOn(
  ages: Ages,
  birth: CalendarDate,
  days: AgeDays,
): CalendarDate | undefined {
  const fixed = ages.ageJudgedOn === 'first-dose' && !days.firstDoseMoves;
  if (ages.ageFromMonths === null || fixed) return undefined;
  const reached = reachedOn(birth, ages.ageFromMonths);
  if (judgedOn(ages, days) >= reached) return undefined;
  const first = ages.ageJudgedOn === 'fiscal-year-end' ? fiscalYearStart(reached) : reached;
  const then = { ...days, vaccination: first, firstDose: first };
  return ageFits(ages, birth, then) ? first : undefined;
}

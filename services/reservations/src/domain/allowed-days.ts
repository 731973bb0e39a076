import type { Weekday } from '@madoguchi/contracts';
import { WEEKDAYS } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, calendarDate, daysBetween } from '@madoguchi/kernel';
import type { Person, Reason } from './eligibility.ts';
import { reasonsAgainst } from './eligibility.ts';
import type { Rulebook } from './rulebook.ts';
import { productsWanted } from './rulebook.ts';

export type DaysWanted = {
  doseNumber: number;
  /** Only by this programme's rules: of a booking that is to be moved. */
  programmeCode?: string | undefined;
  /** Only this product; else every one that a rule of the dose names. */
  productCode?: string | undefined;
  /** First and last day, both included. */
  from: CalendarDate;
  to: CalendarDate;
  weekdays?: readonly Weekday[] | undefined;
};

export type AllowedDays = {
  /** Days in ascending order, of every product that has any. */
  daysOf: ReadonlyMap<string, readonly CalendarDate[]>;
  /** Why other days were left out, each reason once. */
  reasons: readonly Reason[];
  earliest: CalendarDate | undefined;
};

const A_SUNDAY = calendarDate('1970-01-04');

export function weekdayOf(date: CalendarDate): Weekday | undefined {
  return WEEKDAYS.at(daysBetween(A_SUNDAY, date) % 7);
}

function daysMeant({ from, to, weekdays }: DaysWanted): CalendarDate[] {
  const length = daysBetween(from, to) + 1;
  const days = Array.from({ length }, (_, index) => addDays(from, index));
  const wanted = new Set<Weekday | undefined>(weekdays ?? WEEKDAYS);
  return days.filter((day) => wanted.has(weekdayOf(day)));
}

/** Days on which the rules allow a person the dose, by product, and why the others are left out. */
export function allowedDays(person: Person, wanted: DaysWanted, rules: Rulebook): AllowedDays {
  const { doseNumber, programmeCode } = wanted;
  const within = programmeCode === undefined ? {} : { programmeCode };
  const products = productsWanted(rules, wanted);
  const daysOf = new Map<string, CalendarDate[]>();
  const reasons = new Map<string, Reason>();
  if (products.length === 0) reasons.set('programme_not_active', { code: 'programme_not_active' });
  const days = daysMeant(wanted);
  for (const product of products) {
    const allowed = days.filter((date) => {
      const dose = { doseNumber, productCode: product, date, ...within };
      const against = reasonsAgainst(person, dose, rules);
      for (const reason of against) if (!reasons.has(reason.code)) reasons.set(reason.code, reason);
      return against.length === 0;
    });
    if (allowed.length > 0) daysOf.set(product, allowed);
  }
  const earliest = [...daysOf.values()].flatMap(([first]) => first ?? []).toSorted()[0];
  return { daysOf, reasons: [...reasons.values()], earliest };
}

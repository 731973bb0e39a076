import type { CalendarDate, MonthOverflow } from '@madoguchi/kernel';
import { addDays, addMonths, withinAge } from '@madoguchi/kernel';

/** A programme's row: one dose, valid for a half-open range of vaccination days. */
export type DoseRule = {
  programmeCode: string;
  doseNumber: number;
  productCodes: readonly string[];
  validFrom: CalendarDate;
  validTo: CalendarDate;
  ageFrom: number | null;
  ageBelow: number | null;
  /** Whole days between (中N日): the dates differ by one more. */
  minimumDaysBetween: number | null;
  minimumMonths: number | null;
  monthOverflow: MonthOverflow;
};

/** What the rules need to know of a person. */
export type Person = {
  dateOfBirth: CalendarDate;
  residency: readonly { from: CalendarDate; to: CalendarDate | null }[];
  doses: readonly { doseNumber: number; date: CalendarDate; productCode: string }[];
  /** Live bookings of the programme. */
  bookings: readonly { doseNumber: number; date: CalendarDate }[];
};

export type Wanted = { doseNumber: number; productCode: string; date: CalendarDate };

export type ReasonCode =
  | 'programme_not_active'
  | 'product_not_allowed'
  | 'age_not_eligible'
  | 'not_resident_on_day'
  | 'already_vaccinated'
  | 'already_booked'
  | 'dose_out_of_order'
  | 'dose_interval_too_short';

export type Reason = {
  code: ReasonCode;
  /** First day the interval allows. */ earliest?: CalendarDate;
};

const ruleOn = (rules: readonly DoseRule[], wanted: Wanted): DoseRule | undefined =>
  rules.find(
    (rule) =>
      rule.doseNumber === wanted.doseNumber &&
      rule.validFrom <= wanted.date &&
      wanted.date < rule.validTo,
  );

/** First day on which the interval after a dose has passed. */
export function earliestAfter(previous: CalendarDate, rule: DoseRule): CalendarDate {
  const byDays =
    rule.minimumDaysBetween === null ? previous : addDays(previous, rule.minimumDaysBetween + 1);
  const byMonths =
    rule.minimumMonths === null
      ? previous
      : addMonths(previous, rule.minimumMonths, rule.monthOverflow);
  return byDays > byMonths ? byDays : byMonths;
}

/** The dose before: given, or else booked; undefined where neither is known. */
function dayBefore(person: Person, doseNumber: number): CalendarDate | undefined {
  const given = person.doses.find((dose) => dose.doseNumber === doseNumber - 1);
  return (
    given?.date ?? person.bookings.find((booking) => booking.doseNumber === doseNumber - 1)?.date
  );
}

/** A dose moved to a later day must not come too close to the booked dose after it. */
function tooCloseToNext(person: Person, wanted: Wanted, rules: readonly DoseRule[]): boolean {
  const doseNumber = wanted.doseNumber + 1;
  const next = person.bookings.find((booking) => booking.doseNumber === doseNumber);
  const rule = next && ruleOn(rules, { ...wanted, doseNumber, date: next.date });
  return rule !== undefined && next !== undefined && next.date < earliestAfter(wanted.date, rule);
}

function orderReasons(person: Person, wanted: Wanted, rule: DoseRule): Reason[] {
  if (wanted.doseNumber === 1) return [];
  const previous = dayBefore(person, wanted.doseNumber);
  if (previous === undefined) return [{ code: 'dose_out_of_order' }];
  const earliest = earliestAfter(previous, rule);
  return wanted.date < earliest ? [{ code: 'dose_interval_too_short', earliest }] : [];
}

/**
 * Every reason why a person cannot have a dose of a product on a day; none means they can. Rules are
 * those of the vaccination day, not of today.
 */
export function reasonsAgainst(
  person: Person,
  wanted: Wanted,
  rules: readonly DoseRule[],
): Reason[] {
  const rule = ruleOn(rules, wanted);
  if (!rule) return [{ code: 'programme_not_active' }];
  const reasons: Reason[] = [];
  const add = (code: ReasonCode, holds: boolean): void => {
    if (holds) reasons.push({ code });
  };
  add('product_not_allowed', !rule.productCodes.includes(wanted.productCode));
  add(
    'age_not_eligible',
    !withinAge(person.dateOfBirth, wanted.date, {
      from: rule.ageFrom ?? undefined,
      below: rule.ageBelow ?? undefined,
    }),
  );
  add(
    'not_resident_on_day',
    !person.residency.some(
      ({ from, to }) => from <= wanted.date && (to === null || wanted.date < to),
    ),
  );
  add(
    'already_vaccinated',
    person.doses.some((dose) => dose.doseNumber === wanted.doseNumber),
  );
  add(
    'already_booked',
    person.bookings.some((booking) => booking.doseNumber === wanted.doseNumber),
  );
  const order = orderReasons(person, wanted, rule);
  add('dose_interval_too_short', order.length === 0 && tooCloseToNext(person, wanted, rules));
  return [...reasons, ...order];
}

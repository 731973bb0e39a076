import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, addMonths } from '@madoguchi/kernel';
import { ageFits } from './eligibility-age.ts';
import type { CountedShot } from './eligibility-history.ts';
import { covers, shotBefore } from './eligibility-history.ts';
import type { Case } from './eligibility-case.ts';
import type { Reason } from './reason.ts';
import { reason } from './reason.ts';
import type { DoseRule, OtherVaccineRule, Rulebook } from './rulebook.ts';
import { diseaseOf, isInForce, vaccineOf } from './rulebook.ts';

type Interval = Pick<DoseRule, 'minimumDaysBetween' | 'minimumMonths' | 'monthOverflow'>;

/** First day on which the interval after a dose has passed: the next day at least. */
export function earliestAfter(previous: CalendarDate, rule: Interval): CalendarDate {
  const byDays = addDays(previous, (rule.minimumDaysBetween ?? 0) + 1);
  if (rule.minimumMonths === null) return byDays;
  const byMonths = addMonths(previous, rule.minimumMonths, rule.monthOverflow);
  return byDays > byMonths ? byDays : byMonths;
}

/** The vaccine of the dose before must be the same, or another. */
function combination(one: Case, previous: CountedShot): Reason[] {
  const { rule, rules, wanted } = one;
  if (rule.previousDose === 'any') return [];
  const vaccine = vaccineOf(rules, wanted.productCode);
  const same = vaccine !== undefined && vaccine === vaccineOf(rules, previous.productCode);
  return same === (rule.previousDose === 'same-vaccine')
    ? []
    : [reason('previous_vaccine_not_allowed')];
}

/** A dose moved to a later day must not come too close to the booked dose after it, by any rule of that one. */
function tooCloseToNext(one: Case): boolean {
  const { rules, wanted, person, history, days } = one;
  const doseNumber = wanted.doseNumber + 1;
  const next = history.series.find((shot) => !shot.given && shot.first === doseNumber);
  if (!next) return false;
  const itsRules = rules.doseRules.filter(
    (rule) =>
      rule.programmeCode === one.rule.programmeCode &&
      rule.doseFrom <= doseNumber &&
      doseNumber <= rule.doseTo &&
      rule.productCodes.includes(next.productCode) &&
      isInForce(rule, next.date) &&
      ageFits(rule, person.dateOfBirth, { ...days, vaccination: next.date }),
  );
  return (
    itsRules.length > 0 && itsRules.every((rule) => next.date < earliestAfter(wanted.date, rule))
  );
}

/** Order of doses, and the days between them. */
export function orderReasons(one: Case): Reason[] {
  const { rule, wanted, history } = one;
  const { doseNumber, date } = wanted;
  const reasons: Reason[] = [];
  const laterGiven = history.series.some((shot) => shot.given && shot.first > doseNumber);
  if (laterGiven || (doseNumber > 1 && !covers(history.series, doseNumber - 1)))
    reasons.push(reason('dose_out_of_order'));
  const previous = shotBefore(history, doseNumber);
  if (previous) reasons.push(...combination(one, previous));
  const earliest = previous && earliestAfter(previous.date, rule);
  if (earliest !== undefined && date < earliest)
    reasons.push(reason('dose_interval_too_short', earliest));
  else if (tooCloseToNext(one)) reasons.push(reason('dose_interval_too_short'));
  return reasons;
}

/** The row for another dose's disease, or else the one for all that no row names. */
function otherRule(
  rules: Rulebook,
  programmeCode: string,
  asked: { disease?: string; day: string },
) {
  const inForce = rules.otherVaccineRules.filter(
    (row) => row.programmeCodes.includes(programmeCode) && isInForce(row, asked.day),
  );
  return (
    inForce.find((row) => row.disease !== null && row.disease === asked.disease) ??
    inForce.find((row) => row.disease === null)
  );
}

/** Rows that say how far doses against something else must be, and whether they are. */
export function otherVaccineReasons(one: Case): { reasons: Reason[]; used: OtherVaccineRule[] } {
  const { rules, wanted, history, rule } = one;
  const kept = history.others.flatMap((shot) => {
    const disease = diseaseOf(rules, shot.productCode);
    const row = otherRule(rules, rule.programmeCode, {
      ...(disease === undefined ? {} : { disease }),
      day: wanted.date,
    });
    return row ? [{ shot, row }] : [];
  });
  const used = [...new Set(kept.map(({ row }) => row))];
  const spans = kept.flatMap(({ shot, row: { minimumDaysBetween: between } }) =>
    between === null
      ? []
      : [{ from: addDays(shot.date, -between), past: addDays(shot.date, between + 1) }],
  );
  const within = (day: CalendarDate) => spans.find(({ from, past }) => from <= day && day < past);
  if (!within(wanted.date)) return { reasons: [], used };
  let earliest = wanted.date;
  for (let span = within(earliest); span; span = within(earliest)) earliest = span.past;
  return { reasons: [reason('other_vaccine_too_close', earliest)], used };
}

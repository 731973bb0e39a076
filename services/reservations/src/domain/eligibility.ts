import type { CalendarDate } from '@madoguchi/kernel';
import { ageFits, oldEnoughOn } from './eligibility-age.ts';
import type { Case, Wanted } from './eligibility-case.ts';
import { groupReasons } from './eligibility-groups.ts';
import type { CountedShot, Person } from './eligibility-history.ts';
import { covers, historyFor } from './eligibility-history.ts';
import { orderReasons, otherVaccineReasons } from './eligibility-intervals.ts';
import type { Reason, ReasonCode } from './reason.ts';
import { reason } from './reason.ts';
import type { DoseRule, OtherVaccineRule, PriorityGroup, Rulebook } from './rulebook.ts';
import { isInForce } from './rulebook.ts';

export type { Wanted } from './eligibility-case.ts';
export type { Person } from './eligibility-history.ts';
export type { Reason, ReasonCode } from './reason.ts';

/** Every reason against a dose, none meaning that it can be given, and the rows that were used. */
export type Evaluation = {
  reasons: Reason[];
  rule?: DoseRule;
  otherVaccineRules: OtherVaccineRule[];
  priorityGroups: PriorityGroup[];
};

const isFor = (rule: DoseRule, wanted: Wanted): boolean =>
  rule.doseFrom <= wanted.doseNumber &&
  wanted.doseNumber <= rule.doseTo &&
  (wanted.programmeCode === undefined || rule.programmeCode === wanted.programmeCode);

function caseOf(rule: DoseRule, given: Pick<Case, 'person' | 'wanted' | 'rules'>): Case {
  const history = historyFor(given.person, rule.programmeCode, given.rules);
  const first = history.series.find((shot) => shot.first === 1);
  const { doseNumber, date } = given.wanted;
  const firstDoseMoves = doseNumber === 1 || first === undefined;
  const days = {
    vaccination: date,
    firstDose: firstDoseMoves ? date : first.date,
    firstDoseMoves,
  };
  return { ...given, rule, history, days };
}

function ageReasons({ rule, person, days }: Case): Reason[] {
  if (ageFits(rule, person.dateOfBirth, days)) return [];
  return [reason('age_not_eligible', oldEnoughOn(rule, person.dateOfBirth, days))];
}

function residencyReasons({ person, wanted: { date } }: Case): Reason[] {
  const resident = person.residency.some(
    ({ from, to }) => from <= date && (to === null || date < to),
  );
  return resident ? [] : [reason('not_resident_on_day')];
}

/** The dose is there already: the same number, or, where one is all there is, one of the programme. */
function takenReasons({ rule, rules, wanted, history }: Case): Reason[] {
  const ofProgramme = ({ date, productCode }: CountedShot): boolean =>
    rule.oncePerProgramme &&
    rules.doseRules.some(
      (row) =>
        row.programmeCode === rule.programmeCode &&
        row.oncePerProgramme &&
        row.productCodes.includes(productCode) &&
        isInForce(row, date),
    );
  const taken = history.series.filter(
    (shot) => covers([shot], wanted.doseNumber) || ofProgramme(shot),
  );
  return [
    ...(taken.some((shot) => shot.given) ? [reason('already_vaccinated')] : []),
    ...(taken.some((shot) => !shot.given) ? [reason('already_booked')] : []),
  ];
}

function underRule(one: Case): Evaluation {
  const { rule, wanted } = one;
  const groups = groupReasons(one);
  const others = otherVaccineReasons(one);
  const product = rule.productCodes.includes(wanted.productCode)
    ? []
    : [reason('product_not_allowed')];
  return {
    reasons: [
      ...product,
      ...ageReasons(one),
      ...groups.reasons,
      ...residencyReasons(one),
      ...takenReasons(one),
      ...orderReasons(one),
      ...others.reasons,
    ],
    rule,
    otherVaccineRules: others.used,
    priorityGroups: groups.used,
  };
}

const offering = (wanted: Wanted, rules: Rulebook): DoseRule[] =>
  rules.doseRules.filter(
    (rule) => isFor(rule, wanted) && rule.productCodes.includes(wanted.productCode),
  );

/** Waiting for a day on which the dose is no longer on offer helps nobody: such a day is not told. */
const worthWaitingFor =
  (offers: readonly DoseRule[]) =>
  ({ earliest, ...why }: Reason): Reason =>
    earliest !== undefined && offers.some((rule) => isInForce(rule, earliest))
      ? { ...why, earliest }
      : why;

/** Nothing is on offer that day: when it next is, where that is known. */
function nothingOffered(wanted: Wanted, rules: Rulebook): Evaluation {
  const [begins] = offering(wanted, rules)
    .filter((rule) => rule.validFrom > wanted.date)
    .map((rule) => rule.validFrom)
    .toSorted();
  const reasons = [reason('programme_not_active', begins as CalendarDate | undefined)];
  return { reasons, otherVaccineRules: [], priorityGroups: [] };
}

/** Reasons that say a row is meant for other people or products, the plainest first. */
const MEANT_FOR_OTHERS: readonly ReasonCode[] = [
  'product_not_allowed',
  'age_not_eligible',
  'not_in_priority_group',
  'previous_vaccine_not_allowed',
];

/** Leaves out rows that are meant for others, as long as one remains. */
function meantForThem(judged: readonly Evaluation[]): readonly Evaluation[] {
  return MEANT_FOR_OTHERS.reduce((left, code) => {
    const without = left.filter(({ reasons }) => reasons.every((one) => one.code !== code));
    return without.length > 0 ? without : left;
  }, judged);
}

/**
 * Judges a dose of a product on a day by the rules in force on that day, not today's. Of several rows for
 * the dose (by product, age, group, vaccine before) those meant for the person count, of these the one
 * with the fewest reasons against it; among equals, the first.
 */
export function evaluate(person: Person, wanted: Wanted, rules: Rulebook): Evaluation {
  const judged = rules.doseRules
    .filter((rule) => isFor(rule, wanted) && isInForce(rule, wanted.date))
    .map((rule) => underRule(caseOf(rule, { person, wanted, rules })));
  const [first, ...more] = meantForThem(judged);
  if (!first) return nothingOffered(wanted, rules);
  const best = more.reduce(
    (least, one) => (one.reasons.length < least.reasons.length ? one : least),
    first,
  );
  const { reasons } = best;
  if (reasons.every(({ earliest }) => earliest === undefined)) return best;
  return { ...best, reasons: reasons.map(worthWaitingFor(offering(wanted, rules))) };
}

/** Every reason why a person cannot have a dose of a product on a day; none means they can. */
export function reasonsAgainst(person: Person, wanted: Wanted, rules: Rulebook): Reason[] {
  return evaluate(person, wanted, rules).reasons;
}

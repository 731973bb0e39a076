import type { CalendarDate, Refusal, Result } from '@madoguchi/kernel';
import { addDays, ok } from '@madoguchi/kernel';
import type { Person } from './eligibility.ts';
import { evaluate } from './eligibility.ts';
import type { Reason, ReasonCode } from './reason.ts';
import { refusedFor } from './reason.ts';
import type { Rulebook } from './rulebook.ts';
import { productsOffered } from './rulebook.ts';

export type FirstDose = { doseNumber: number; date: CalendarDate; productCode: string };

/** When the dose after can be given, and of which product. */
export type PairDays = {
  productCode: string;
  /** First day that the rules allow. */
  earliest: CalendarDate;
  /** The day the rule proposes: its standard interval, else its shortest. */
  standard: CalendarDate;
};

/** Days and changes of rules looked at before giving up: longer than any interval of a series. */
const LOOKED_AT = 400;

const latest = (days: readonly CalendarDate[]): CalendarDate | undefined => days.toSorted().at(-1);

/** A person as they will be once the first of the two is booked. */
export const withFirst = (person: Person, first: FirstDose): Person => ({
  ...person,
  bookings: [...person.bookings, first],
});

/** A reason that no other day of the same rules takes away. */
const waitingIsNoUse = ({ code, earliest }: Reason): boolean =>
  earliest === undefined && code !== 'programme_not_active';

function daysWith(
  person: Person,
  asked: { first: FirstDose; productCode: string },
  rules: Rulebook,
): Result<PairDays, Refusal<ReasonCode>> {
  const { first, productCode } = asked;
  const doseNumber = first.doseNumber + 1;
  let date = addDays(first.date, 1);
  let why: Reason = { code: 'programme_not_active' };
  for (let left = LOOKED_AT; left > 0; left -= 1) {
    const { reasons, rule } = evaluate(person, { doseNumber, productCode, date }, rules);
    if (reasons.length === 0 && rule) {
      const { standardOffsetDays: offset } = rule;
      const proposed = offset === null ? date : addDays(first.date, offset);
      return ok({ productCode, earliest: date, standard: proposed > date ? proposed : date });
    }
    why = reasons.find(waitingIsNoUse) ?? why;
    const from = date;
    const waits = reasons.flatMap(({ earliest }) =>
      earliest !== undefined && earliest > from ? [earliest] : [],
    );
    date = latest(waits) ?? addDays(date, 1);
  }
  return refusedFor(why);
}

/**
 * The days of the dose after a first one that is to be booked, of the same product wherever that is
 * allowed. Refused with what stands against the second dose on every day.
 */
export function pairDays(
  person: Person,
  first: FirstDose,
  rules: Rulebook,
): Result<PairDays, Refusal<ReasonCode>> {
  const offered = productsOffered(rules, {
    doseNumber: first.doseNumber + 1,
    from: first.date,
    to: addDays(first.date, LOOKED_AT),
  });
  const known = withFirst(person, first);
  const same = daysWith(known, { first, productCode: first.productCode }, rules);
  if (same.ok) return same;
  for (const productCode of offered.toSorted()) {
    const other = daysWith(known, { first, productCode }, rules);
    if (other.ok) return other;
  }
  return same;
}

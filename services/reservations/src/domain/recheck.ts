import type { CalendarDate } from '@madoguchi/kernel';
import type { Person, Reason } from './eligibility.ts';
import { reasonsAgainst } from './eligibility.ts';
import type { Rulebook } from './rulebook.ts';

/** A live booking as the rules see it. */
export type FutureBooking = {
  reservationId: string;
  programmeCode: string;
  doseNumber: number;
  productCode: string;
  date: CalendarDate;
};

/** A booking that today's rules would not take, with every reason. */
export type RuleConflict = { reservationId: string; reasons: Reason[] };

/**
 * Judges a person's future bookings anew, each as if it were being made now beside the others. Nothing
 * is cancelled by this: somebody calls the person.
 */
export function recheck(
  person: Person,
  bookings: readonly FutureBooking[],
  rules: Rulebook,
): RuleConflict[] {
  return bookings.flatMap(({ reservationId, ...wanted }) => {
    const others = person.bookings.filter(
      (one) =>
        one.date !== wanted.date ||
        one.doseNumber !== wanted.doseNumber ||
        one.productCode !== wanted.productCode,
    );
    const reasons = reasonsAgainst({ ...person, bookings: others }, wanted, rules);
    return reasons.length > 0 ? [{ reservationId, reasons }] : [];
  });
}

import type { CalendarDate } from '@madoguchi/kernel';
import type { Person } from './eligibility.ts';
import { reasonsAgainst } from './eligibility.ts';
import type { Rulebook } from './rulebook.ts';

/** A booking as a cancellation looks at it. */
export type Cancellable = {
  id: string;
  programmeCode: string;
  doseNumber: number;
  productCode: string;
  date: CalendarDate;
  version: number;
};

/** What it hangs on; a person whom the registry has not told of has nothing that could dangle. */
export type CancelState = { person: Person | undefined; rules: Rulebook };

export type CancelDecision<B extends Cancellable> =
  | { outcome: 'changed-meanwhile' }
  /** Doses that would be left without the one before them. */
  | { outcome: 'others-hang-on-it'; following: readonly B[] }
  | { outcome: 'cancel'; bookings: readonly B[] };

/** Has the dose, on its day, no dose before it once others are gone? */
function dangles(one: Cancellable, without: readonly string[], state: CancelState): boolean {
  const { person, rules } = state;
  if (!person) return false;
  const { id, doseNumber, productCode, date } = one;
  const bookings = person.bookings.filter(
    ({ reservationId = '' }) => reservationId !== id && !without.includes(reservationId),
  );
  return reasonsAgainst({ ...person, bookings }, { doseNumber, productCode, date }, rules).some(
    ({ code }) => code === 'dose_out_of_order',
  );
}

/** Is it of another programme, and out of order even beside the one that is cancelled? Then it hangs on something else. */
function danglesAnyway(one: Cancellable, cancelled: Cancellable, state: CancelState): boolean {
  const { person } = state;
  if (!person || one.programmeCode === cancelled.programmeCode) return false;
  const { id: reservationId, ...its } = cancelled;
  const others = person.bookings.filter((booking) => booking.reservationId !== reservationId);
  const bookings = [...others, { ...its, reservationId }];
  return dangles(one, [], { ...state, person: { ...person, bookings } });
}

/** Booked doses that would have neither a given nor a booked dose before them, nearest first. */
export function danglingWithout<B extends Cancellable>(
  cancelled: Cancellable,
  booked: readonly B[],
  state: CancelState,
): B[] {
  const gone = [cancelled.id];
  const left: B[] = [];
  // Programmes may go on with one series: a booster hangs on the second dose of the one before.
  const later = booked
    .filter((one) => one.doseNumber > cancelled.doseNumber)
    .toSorted((one, other) => one.doseNumber - other.doseNumber);
  for (const one of later) {
    if (!dangles(one, gone, state) || danglesAnyway(one, cancelled, state)) continue;
    gone.push(one.id);
    left.push(one);
  }
  return left;
}

/**
 * What cancelling a booking takes with it. A dose that is booked after it is never left dangling: it is
 * cancelled too when that was asked for, and otherwise nothing is.
 */
export function decideCancel<B extends Cancellable>(
  asked: { booking: B; withFollowing: boolean; expectedVersion?: number | undefined },
  /** The resident's bookings that can still be cancelled. */
  booked: readonly B[],
  state: CancelState,
): CancelDecision<B> {
  const { booking, withFollowing, expectedVersion } = asked;
  if (expectedVersion !== undefined && expectedVersion !== booking.version)
    return { outcome: 'changed-meanwhile' };
  const following = danglingWithout(booking, booked, state);
  return following.length > 0 && !withFollowing
    ? { outcome: 'others-hang-on-it', following }
    : { outcome: 'cancel', bookings: [booking, ...following] };
}

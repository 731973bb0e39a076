import { openBookings } from '../change-booking/open-booking.ts';
import type { OpenBooking } from '../change-booking/open-booking.ts';
import type { CompanionWish, Verified } from '../gateway/contract-types.ts';
import { shownBirthDate } from '../verification/shown-birth-date.ts';

/** A booking that somebody can sit beside, and whose it is. */
export type BookingBeside = OpenBooking & { residentId: string };

/** What stands for a booking whose number is said. */
export const BY_NUMBER = 'number';

/** Bookings of the people of this call, without those of who gets the seat. */
export function bookingsBeside(
  people: readonly Verified[],
  residentId: string,
): readonly BookingBeside[] {
  return people
    .filter((person) => person.residentId !== residentId)
    .flatMap((person) =>
      person.reservations.state === 'ready'
        ? openBookings(person.reservations.value).map((booking) => ({
            ...booking,
            residentId: person.residentId,
          }))
        : [],
    );
}

export const hasBooking = ({ reservations }: Verified): boolean =>
  reservations.state === 'ready' && openBookings(reservations.value).length > 0;

type Said = { number: string; birth: string };
type Chosen = Said & { residentId: string; doseNumber: number; beside: string };

/** What is wrong with what was said of a booking, and in which field. */
export type SaidFault =
  | { field: 'number'; message: 'numberMissing' }
  | { field: 'birth'; message: 'birthMissing' | 'birthWrong' };

/** Number first, then birth date; undefined where both can be sent. */
export function saidFault({ number, birth }: Said, now: Date): SaidFault | undefined {
  if (number.trim() === '') return { field: 'number', message: 'numberMissing' };
  if (birth.trim() === '') return { field: 'birth', message: 'birthMissing' };
  return shownBirthDate(birth, now).kind === 'date'
    ? undefined
    : { field: 'birth', message: 'birthWrong' };
}

/** The command for what was chosen; undefined while number or birth date are missing. */
export function companionWish(chosen: Chosen, now: Date): CompanionWish | undefined {
  const { residentId, doseNumber, beside } = chosen;
  if (beside !== BY_NUMBER) return { residentId, doseNumber, besideReservationId: beside };
  const number = chosen.number.trim();
  const born = shownBirthDate(chosen.birth, now);
  if (number === '' || born.kind !== 'date') return undefined;
  return {
    residentId,
    doseNumber,
    besideConfirmationNumber: number,
    besideDateOfBirth: born.gregorian,
  };
}

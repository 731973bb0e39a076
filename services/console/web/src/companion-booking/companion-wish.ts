import { openBookings } from '../change-booking/open-booking.ts';
import type { OpenBooking } from '../change-booking/open-booking.ts';
import type { CompanionWish, Verified } from '../gateway/contract-types.ts';

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

type Chosen = { residentId: string; doseNumber: number; beside: string; number: string };

/** The command for what was chosen; undefined while the number is missing. */
export function companionWish(chosen: Chosen): CompanionWish | undefined {
  const { residentId, doseNumber, beside } = chosen;
  if (beside !== BY_NUMBER) return { residentId, doseNumber, besideReservationId: beside };
  const number = chosen.number.trim();
  return number === '' ? undefined : { residentId, doseNumber, besideConfirmationNumber: number };
}

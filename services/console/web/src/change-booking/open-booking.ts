import type { Reservation, Slot } from '../gateway/contract-types.ts';

/** A booking that can still be moved or cancelled, with the fields that takes. */
export type OpenBooking = { reservationId: string; slot: Slot; doseNumber: number };

/** Those bookings whose fields policy shows and whose state allows a change. */
export function openBookings(reservations: readonly Reservation[]): readonly OpenBooking[] {
  return reservations.flatMap(({ reservationId, state, slot, doseNumber }) =>
    state === 'booked' &&
    slot !== undefined &&
    doseNumber !== undefined &&
    reservationId !== undefined
      ? [{ reservationId, slot, doseNumber }]
      : [],
  );
}

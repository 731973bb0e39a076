import type { Reservation, Slot } from '../gateway/contract-types.ts';

/** A booking that can still be moved or cancelled, with the fields that takes. */
export type OpenBooking = {
  reservationId: string;
  slot: Slot;
  doseNumber: number;
  /** As it was looked at; what somebody else changed since is refused. */
  expectedVersion?: number;
};

/** Those bookings whose fields policy shows and whose state allows a change. */
export function openBookings(reservations: readonly Reservation[]): readonly OpenBooking[] {
  return reservations.flatMap(({ reservationId, state, slot, doseNumber, version }) =>
    state === 'booked' &&
    slot !== undefined &&
    doseNumber !== undefined &&
    reservationId !== undefined
      ? [
          {
            reservationId,
            slot,
            doseNumber,
            ...(version === undefined ? {} : { expectedVersion: version }),
          },
        ]
      : [],
  );
}

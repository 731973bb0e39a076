import type { Reservation, Slot, Verified } from '../gateway/contract-types.ts';

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

/** An open booking and whose it is; the name where there are several people to choose from. */
export type PartyBooking = OpenBooking & { residentId: string; name?: string };

/** Bookings of everybody verified in this call: whoever booked for several may change one of them alone. */
export function partyBookings(
  people: readonly Pick<Verified, 'residentId' | 'reservations' | 'person'>[],
): readonly PartyBooking[] {
  return people.flatMap(({ residentId, reservations, person }) => {
    if (reservations.state !== 'ready') return [];
    const name = person.state === 'ready' ? person.value.name : undefined;
    const named = people.length === 1 || typeof name !== 'string' ? {} : { name };
    return openBookings(reservations.value).map((booking) => ({
      ...booking,
      residentId,
      ...named,
    }));
  });
}

import type { Slot, Verified } from '../gateway/contract-types.ts';

/**
 * Whether a booking that was made a moment ago is as it was made: a number and a time that were changed or
 * cancelled since must not be read out. One that the bookings at hand do not have yet stands.
 */
export function stillStands(
  { reservations }: Pick<Verified, 'reservations'>,
  made: { reservationId: string; slot: Pick<Slot, 'slotId'> },
): boolean {
  if (reservations.state !== 'ready') return true;
  const now = reservations.value.find(({ reservationId }) => reservationId === made.reservationId);
  if (now === undefined) return true;
  const moved = now.slot !== undefined && now.slot.slotId !== made.slot.slotId;
  return !moved && (now.state === undefined || now.state === 'booked');
}

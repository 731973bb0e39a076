import type { Channel } from '@madoguchi/contracts';
import type { BookingAsked, SlotFacts } from './decide-bookings.ts';
import { freeFor, refusalOf } from './slot-state.ts';

export type GroupMember = { residentId: string; doseNumber: number };

/**
 * Seats a group in the order it was named, slot after slot in the order given. Those for whom nothing is
 * left are asked for the last slot, which refuses them by its own reason.
 */
export function placeGroup(
  members: readonly GroupMember[],
  slots: readonly SlotFacts[],
  by: { channel: Channel; caseId: string; now: Date },
): BookingAsked[] {
  const { channel, caseId, now } = by;
  const seats = slots.flatMap((slot) => {
    const free = refusalOf(slot, channel, now) === undefined ? freeFor(slot, channel) : 0;
    return Array.from({ length: free }, () => slot.slotId);
  });
  const last = slots.at(-1)?.slotId ?? '';
  return members.map(({ residentId, doseNumber }, index) => ({
    residentId,
    doseNumber,
    caseId,
    channel,
    slotId: seats[index] ?? last,
  }));
}

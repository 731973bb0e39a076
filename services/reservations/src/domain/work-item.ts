import type { WorkItemOutcome } from '@madoguchi/contracts';
import type { WaitlistSetting } from './offer-time.ts';
import { firstCallingTime } from './offer-time.ts';

/** How long to wait before the next try, by the number of tries made in vain. */
const WAITS_MS = [2, 4, 20, 24].map((hours) => hours * 3_600_000);
/** Before the matter is over, nobody is tried again sooner than this. */
const SHORTEST_WAIT_MS = 15 * 60_000;
/** Tries after which the supervisor desk takes over, with a letter say. */
export const TRIES_BEFORE_DESK = 5;
/** An item in hand for longer than this was left lying. */
export const TAKEN_AT_MOST_MS = 60 * 60_000;

/** When to call again, and whether the desk does, after one more try in vain. */
export function afterTryInVain(
  item: { tries: number; dueAt: Date },
  now: Date,
  setting: WaitlistSetting,
): { tries: number; notBefore: Date; deskOnly: boolean } {
  const made = item.tries + 1;
  const wait = WAITS_MS[Math.min(made, WAITS_MS.length) - 1] ?? 0;
  return {
    tries: made,
    notBefore: nextTry({ wait, dueAt: item.dueAt, now }, setting),
    deskOnly: made >= TRIES_BEFORE_DESK,
  };
}

/**
 * In calling hours only. Where the usual wait would end after the matter does, somebody is called once more
 * before it: who is booked for tomorrow at nine must not be called when they stand at a closed door.
 */
function nextTry(
  { wait, dueAt, now }: { wait: number; dueAt: Date; now: Date },
  setting: WaitlistSetting,
): Date {
  const after = (ms: number): Date | undefined =>
    firstCallingTime(new Date(now.getTime() + ms), setting);
  const usual = after(wait) ?? new Date(now.getTime() + wait);
  const soon = after(SHORTEST_WAIT_MS);
  return usual >= dueAt && soon !== undefined && soon < dueAt ? soon : usual;
}

/** What is known of the booking an item is about. */
export type BookingNow = {
  state: 'booked' | 'attended' | 'cancelled' | 'missed' | 'turned-back';
  slotId: string;
  slotClosed: boolean;
} | null;

/**
 * Is an outcome true of the booking as it is now? `slotId` is the slot that was at stake; `bookedSince`
 * says whether the resident booked anything since the item came up.
 */
export function outcomeHolds(
  outcome: WorkItemOutcome,
  matter: { booking: BookingNow; slotId: string | null; bookedSince: boolean },
): boolean {
  const { booking, slotId, bookedSince } = matter;
  switch (outcome) {
    case 'moved':
      return booking?.state === 'booked' && booking.slotId !== slotId && !booking.slotClosed;
    case 'cancelled':
      return booking?.state === 'cancelled';
    case 'kept':
      return booking?.state === 'booked' && !booking.slotClosed;
    case 'booked':
      return bookedSince;
    case 'declined':
    case 'unreachable':
      return true;
  }
}

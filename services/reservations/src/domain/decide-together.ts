import type { Refusal } from '@madoguchi/kernel';
import type { BookingAsked, BookingFacts, BookingRefusal, SeatTaken } from './decide-bookings.ts';
import { decideBookings } from './decide-bookings.ts';
import type { ReasonCode } from './reason.ts';
import type { SlotRefusal } from './slot-state.ts';

/** A seat that was decided, with who it is for. */
export type SeatFor = SeatTaken & { residentId: string; doseNumber: number };
export type Refused = { asked: BookingAsked; refusal: BookingRefusal };
export type Together =
  | { ok: true; seats: SeatFor[] }
  | { ok: false; refused: [Refused, ...Refused[]] };

/** Decides several bookings that make sense only together: all of their seats, or each one's reason. */
export function decideTogether(asked: readonly BookingAsked[], facts: BookingFacts): Together {
  const seats: SeatFor[] = [];
  const refused: Refused[] = [];
  const decided = decideBookings(asked, facts);
  for (const [index, one] of asked.entries()) {
    const answer = decided[index];
    if (!answer) throw new Error('a booking without a decision');
    const { residentId, doseNumber } = one;
    if (answer.ok) seats.push({ ...answer.value, residentId, doseNumber });
    else refused.push({ asked: one, refusal: answer.refusal });
  }
  const [first, ...more] = refused;
  return first ? { ok: false, refused: [first, ...more] } : { ok: true, seats };
}

type OfTheSlot = Refusal<SlotRefusal | 'slot_not_found'>;
type OfThePerson = Refusal<ReasonCode> | Refusal<'copy_stale'>;

/** What says nothing of the person: another slot may still do. */
const OF_THE_SLOT: Record<OfTheSlot['code'], true> = {
  slot_not_found: true,
  slot_closed: true,
  slot_not_open: true,
  slot_in_past: true,
  slot_full: true,
  channel_quota_reached: true,
};
const isOfTheSlot = (refusal: BookingRefusal): refusal is OfTheSlot =>
  Object.hasOwn(OF_THE_SLOT, refusal.code);
const isOfAHold = (
  refusal: BookingRefusal,
): refusal is Refusal<'hold_not_found' | 'hold_expired'> => refusal.code.startsWith('hold_');
const isOfThePerson = (refusal: BookingRefusal): refusal is OfThePerson =>
  !isOfTheSlot(refusal) && !isOfAHold(refusal);

/** No slot took it: what stands against the person, and what the first of the slots said. */
type OnNone = { ok: false; person?: OfThePerson; slot?: OfTheSlot };

/**
 * Decides one booking on the first of several slots that takes it, together with bookings before it that
 * can be had.
 */
export function decideOnFirst(
  asked: { before: readonly BookingAsked[]; on: (slotId: string) => BookingAsked },
  slotIds: readonly string[],
  facts: BookingFacts,
): { ok: true; seats: SeatFor[] } | OnNone {
  const none: OnNone = { ok: false };
  for (const slotId of slotIds) {
    const answer = decideTogether([...asked.before, asked.on(slotId)], facts);
    if (answer.ok) return answer;
    for (const { refusal } of answer.refused) {
      if (isOfThePerson(refusal)) none.person ??= refusal;
      if (isOfTheSlot(refusal)) none.slot ??= refusal;
    }
  }
  return none;
}

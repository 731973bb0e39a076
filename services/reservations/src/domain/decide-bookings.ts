import type { Channel } from '@madoguchi/contracts';
import type { CalendarDate, Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Person } from './eligibility.ts';
import type { SeatRefusal } from './judge-seat.ts';
import { judgeSeat } from './judge-seat.ts';
import type { Rulebook } from './rulebook.ts';
import type { SlotState } from './slot-state.ts';

/** A seat asked for: of the slot itself, or the one that a hold keeps. */
export type BookingAsked = {
  residentId: string;
  doseNumber: number;
  caseId: string;
  channel: Channel;
} & ({ slotId: string; holdId?: undefined } | { holdId: string; slotId?: undefined });

export type SlotFacts = SlotState & { slotId: string; date: CalendarDate; productCode: string };
export type HoldFacts = {
  id: string;
  slotId: string;
  caseId: string;
  residentId: string;
  doseNumber: number;
  channel: Channel;
  expiresAt: Date;
};

/** Everything that a batch of bookings can hang on, read under its locks. */
export type BookingFacts = {
  people: ReadonlyMap<string, Person>;
  slots: ReadonlyMap<string, SlotFacts>;
  holds: ReadonlyMap<string, HoldFacts>;
  rules: Rulebook;
  now: Date;
};

export type SeatTaken = {
  slotId: string;
  channel: Channel;
  programmeCode: string;
  holdId?: string;
};
export type BookingRefusal = SeatRefusal | Refusal<'hold_not_found' | 'hold_expired'>;

const afterBooking = (slot: SlotFacts, seat: SeatTaken): SlotFacts => ({
  ...slot,
  booked: slot.booked + 1,
  held: slot.held - (seat.holdId === undefined ? 0 : 1),
  // A held seat already sits on its channel.
  taken:
    seat.holdId === undefined
      ? { ...slot.taken, [seat.channel]: slot.taken[seat.channel] + 1 }
      : slot.taken,
});

const withBooking = (person: Person, booking: Person['bookings'][number]): Person => ({
  ...person,
  bookings: [...person.bookings, booking],
});

function seatMeant(
  asked: BookingAsked,
  holds: ReadonlyMap<string, HoldFacts>,
  now: Date,
): Result<{ slotId: string; channel: Channel; holdId?: string }, BookingRefusal> {
  if (asked.holdId === undefined) return ok({ slotId: asked.slotId, channel: asked.channel });
  const hold = holds.get(asked.holdId);
  const theirs =
    hold?.caseId === asked.caseId &&
    hold.residentId === asked.residentId &&
    hold.doseNumber === asked.doseNumber;
  if (!hold || !theirs) return refuse('hold_not_found');
  if (hold.expiresAt <= now) return refuse('hold_expired');
  return ok({ slotId: hold.slotId, channel: hold.channel, holdId: hold.id });
}

/**
 * Decides bookings in the order they were asked for, each on what the ones before it left: the same
 * answers as one transaction after the other would give.
 */
export function decideBookings(
  asked: readonly BookingAsked[],
  facts: BookingFacts,
): Result<SeatTaken, BookingRefusal>[] {
  const { rules, now } = facts;
  const people = new Map(facts.people);
  const slots = new Map(facts.slots);
  const holds = new Map(facts.holds);
  return asked.map((one) => {
    const meant = seatMeant(one, holds, now);
    if (!meant.ok) return meant;
    const { slotId, channel, holdId } = meant.value;
    const slot = slots.get(slotId);
    const person = people.get(one.residentId);
    const judged = judgeSeat(
      { slot, person, rules },
      { doseNumber: one.doseNumber, channel, now, mayBeFull: holdId !== undefined },
    );
    if (!judged.ok) return judged;
    const { programmeCode } = judged.value.rule;
    const seat = { slotId, channel, programmeCode, ...(holdId === undefined ? {} : { holdId }) };
    if (slot) {
      slots.set(slotId, afterBooking(slot, seat));
      if (person)
        people.set(
          one.residentId,
          withBooking(person, {
            doseNumber: one.doseNumber,
            date: slot.date,
            productCode: slot.productCode,
          }),
        );
    }
    if (holdId !== undefined) holds.delete(holdId);
    return ok(seat);
  });
}

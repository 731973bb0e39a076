import type { Channel, RuleRefusalCode } from '@madoguchi/contracts';
import type { CalendarDate, Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Person } from './eligibility.ts';
import { evaluate } from './eligibility.ts';
import { withoutBooking } from './eligibility-history.ts';
import type { ReasonCode } from './reason.ts';
import { refusedFor } from './reason.ts';
import type { DoseRule, Rulebook } from './rulebook.ts';
import type { SlotState } from './slot-state.ts';
import { refusalOf } from './slot-state.ts';

export type SeatRefusal =
  | Refusal<Extract<RuleRefusalCode, `slot_${string}` | 'channel_quota_reached'>>
  | Refusal<ReasonCode>
  | Refusal<'copy_stale'>;

export type SeatWanted = {
  doseNumber: number;
  channel: Channel;
  now: Date;
  /** The slot may be full: this person already has a seat of it, held or booked, and gives it up for this one. */
  mayBeFull?: boolean;
  /** The channel of that seat; the one that is asked for when left out. */
  ownChannel?: Channel | undefined;
  /** The booking that is to be moved there: it makes way for itself, and stays in its programme. */
  moving?: { reservationId: string; programmeCode: string };
};

/** What is known when a seat is asked for; absent is what nobody has told us of. */
export type SeatFacts = {
  slot: (SlotState & { date: CalendarDate; productCode: string }) | undefined;
  person: Person | undefined;
  rules: Rulebook;
};

/** The slot as it is once a seat of it is given up. */
const withoutSeat = <S extends SlotState>(slot: S, channel: Channel): S => ({
  ...slot,
  // Held or booked: only their sum counts here.
  booked: slot.booked - 1,
  taken: { ...slot.taken, [channel]: slot.taken[channel] - 1 },
});

/** May this person take a seat of this slot now? Asks the slot first, then every rule of its day. */
export function judgeSeat(
  { slot, person, rules }: SeatFacts,
  wanted: SeatWanted,
): Result<{ rule: DoseRule }, SeatRefusal> {
  if (!slot) return refuse('slot_not_found');
  const left = wanted.mayBeFull ? withoutSeat(slot, wanted.ownChannel ?? wanted.channel) : slot;
  const closed = refusalOf(left, wanted.channel, wanted.now);
  if (closed !== undefined) return refuse(closed);
  if (!person) return refuse('copy_stale');
  const { doseNumber, moving } = wanted;
  const dose = { doseNumber, productCode: slot.productCode, date: slot.date };
  const { reasons, rule } = moving
    ? evaluate(
        withoutBooking(person, moving.reservationId),
        { ...dose, programmeCode: moving.programmeCode },
        rules,
      )
    : evaluate(person, dose, rules);
  const [reason] = reasons;
  if (reason) return refusedFor(reason);
  return rule ? ok({ rule }) : refuse('programme_not_active');
}

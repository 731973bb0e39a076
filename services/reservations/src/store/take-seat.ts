import type { Channel, RuleRefusalCode } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { DoseRule } from '../domain/eligibility.ts';
import { reasonsAgainst } from '../domain/eligibility.ts';
import { refusalOf } from '../domain/slot-state.ts';
import { doseRules, findPerson } from './person-store.ts';
import type { SlotRow } from './slot-store.ts';
import { lockSlot } from './slot-store.ts';

export type SeatWanted = {
  residentId: string;
  slotId: string;
  doseNumber: number;
  channel: Channel;
  now: Date;
  /** The seat is already kept for this person, or their booking is being moved. */
  mayBeFull?: boolean;
  ignoreBookingOfDose?: boolean;
};

type SeatRefusal =
  | Refusal<
      Extract<
        RuleRefusalCode,
        | `slot_${string}`
        | 'channel_quota_reached'
        | 'already_booked'
        | 'already_vaccinated'
        | 'dose_out_of_order'
        | 'dose_interval_too_short'
        | 'age_not_eligible'
        | 'not_resident_on_day'
        | 'product_not_allowed'
        | 'programme_not_active'
      >
    >
  | Refusal<'copy_stale'>;

/** One resident's commands run one after another, so that two doses cannot slip past each other. */
export async function lockResident(tx: Transaction, residentId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 31))`, [residentId]);
}

/** Locks the slot and asks every rule; the seat itself is moved by the caller in the same transaction. */
export async function mayTakeSeat(
  tx: Transaction,
  wanted: SeatWanted,
): Promise<Result<{ slot: SlotRow; rule: DoseRule }, SeatRefusal>> {
  const person = await findPerson(tx.query, wanted.residentId);
  const rules = await doseRules(tx.query);
  const slot = await lockSlot(tx.query, wanted.slotId);
  if (!slot) return refuse('slot_not_found');
  const closed = refusalOf(slot, wanted.channel, wanted.now);
  const fullOnly = closed === 'slot_full' || closed === 'channel_quota_reached';
  if (closed !== undefined && !(fullOnly && wanted.mayBeFull)) return refuse(closed);
  if (!person) return refuse('copy_stale');
  const known = wanted.ignoreBookingOfDose
    ? { ...person, bookings: person.bookings.filter((one) => one.doseNumber !== wanted.doseNumber) }
    : person;
  const { doseNumber } = wanted;
  const [reason] = reasonsAgainst(
    known,
    { doseNumber, productCode: slot.productCode, date: slot.date },
    rules,
  );
  if (reason)
    return refuse(reason.code, reason.earliest ? { earliest: reason.earliest } : undefined);
  const rule = rules.find(
    (one) => one.doseNumber === doseNumber && one.validFrom <= slot.date && slot.date < one.validTo,
  );
  return rule ? ok({ slot, rule }) : refuse('programme_not_active');
}

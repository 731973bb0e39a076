import type { Transaction } from '@madoguchi/database';
import type { Attendance } from '../domain/attendance.ts';
import { danglingWithout } from '../domain/decide-cancel.ts';
import { findPerson } from './person-store.ts';
import type { ReservationRow } from './reservation-store.ts';
import { lockBooked } from './reservation-store.ts';
import { readRulebook } from './rulebook-store.ts';
import type { SlotRow } from './slot-store.ts';
import { slotsById } from './slot-store.ts';
import { insertWorkItems, settleWorkItems } from './work-item-store.ts';

const REASON = 'dose_out_of_order';
/** The matter of a booking that lost the dose before it. */
export const danglingMatter = (reservationId: string): string => `dangling/${reservationId}`;

/**
 * A dose that was not given leaves the booked doses after it without the one before: somebody calls, and
 * nothing is cancelled silently. Once it was given after all, nobody needs to.
 */
export async function callAboutDangling(
  tx: Transaction,
  visit: { row: ReservationRow; slot: SlotRow; outcome: Attendance; now: Date },
): Promise<void> {
  const { row, slot, outcome, now } = visit;
  const { residentId } = row;
  const later = (await lockBooked(tx.query, residentId)).filter(
    ({ doseNumber }) => doseNumber > row.doseNumber,
  );
  if (later.length === 0) return;
  if (outcome === 'attended') {
    await settleWorkItems(
      tx,
      { dedupeKeys: later.map(({ id }) => danglingMatter(id)) },
      { outcome: 'kept', now },
    );
    return;
  }
  const slots = await slotsById(
    tx.query,
    later.map(({ slotId }) => slotId),
  );
  const withSlots = later.flatMap((one) => {
    const its = slots.get(one.slotId);
    return its ? [{ ...one, slot: its, date: its.date, productCode: its.productCode }] : [];
  });
  const gone = { ...row, date: slot.date, productCode: slot.productCode };
  const person = await findPerson(tx.query, residentId);
  const rules = await readRulebook(tx.query, now);
  const dangling = danglingWithout(gone, withSlots, { person, rules });
  const items = dangling.map((one) => ({
    kind: 'callback' as const,
    residentId,
    dueAt: one.slot.startsAt,
    reservationId: one.id,
    slotId: one.slotId,
    venueCode: one.slot.venueCode,
    day: one.slot.date,
    reason: REASON,
    dedupeKey: danglingMatter(one.id),
  }));
  await insertWorkItems(tx, items, now);
}

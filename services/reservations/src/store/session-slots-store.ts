import type { Query, Transaction } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { tokyoInstant } from '@madoguchi/kernel';
import type { PerChannel } from '../domain/slot-state.ts';
import type { HoldRow } from './hold-store.ts';
import { moveSeats } from './slot-store.ts';

/** A slot of a session, as its administration needs it. */
export type SessionSlot = {
  id: string;
  sessionId: string;
  venueCode: string;
  day: CalendarDate;
  startsAt: string;
  /** The instant of it. */
  start: Date;
  capacity: number;
  targetCapacity: number | null;
  booked: number;
  held: number;
  taken: PerChannel;
};

const SLOTS = /* sql */ `
SELECT s.id, s.session_id AS "sessionId", s.venue_code AS "venueCode", s.day::text AS day,
  s.starts_at AS "startsAt", s.capacity, s.target_capacity AS "targetCapacity", s.booked, s.held,
  json_build_object('phone', s.phone_taken, 'web', s.web_taken, 'staff', s.staff_taken, 'walk-in',
    s.walk_in_taken) AS taken
FROM slot s WHERE s.session_id = ANY($1::uuid[]) ORDER BY s.id`;

async function readSlots(
  query: Query,
  text: string,
  sessionIds: readonly string[],
): Promise<SessionSlot[]> {
  const rows = await query<Omit<SessionSlot, 'start'>>(text, [sessionIds]);
  return rows.map((row) => ({ ...row, start: tokyoInstant(row.day, row.startsAt) }));
}

/**
 * Slots of sessions, locked in the order of their ids: nobody takes or frees a seat of them meanwhile, so
 * what is read after this is all there is.
 */
export const lockSlotsOf = (query: Query, sessionIds: readonly string[]): Promise<SessionSlot[]> =>
  readSlots(query, `${SLOTS} FOR UPDATE`, sessionIds);

/** The same without a lock, to say how things stand. */
export const slotsOf = (query: Query, sessionIds: readonly string[]): Promise<SessionSlot[]> =>
  readSlots(query, SLOTS, sessionIds);

/**
 * Ends the holds of locked slots. A hold that somebody is at work on is left to them: they wait for the slot,
 * find it closed, and the hold ends with its time. Waiting for them here would be waiting in a circle. The
 * seat of an offer ends with its offer, which is withdrawn by the list's own job.
 */
export async function endHoldsOf(tx: Transaction, slotIds: readonly string[]): Promise<number> {
  const ended = await tx.query<
    Pick<HoldRow, 'id' | 'slotId' | 'caseId' | 'residentId' | 'channel'>
  >(
    `DELETE FROM hold WHERE id IN (
       SELECT id FROM hold WHERE slot_id = ANY($1::uuid[]) AND offer_id IS NULL ORDER BY id FOR UPDATE SKIP LOCKED)
     RETURNING id, slot_id AS "slotId", case_id AS "caseId", resident_id AS "residentId", channel`,
    [slotIds],
  );
  for (const hold of ended) {
    await moveSeats(tx.query, hold.slotId, { channel: hold.channel, held: -1 });
    tx.audit({
      action: 'change',
      operation: 'reservations.end-holds',
      outcome: 'done',
      residents: [hold.residentId],
      detail: { holdId: hold.id, caseId: hold.caseId, slotId: hold.slotId },
    });
  }
  return ended.length;
}

export type NewSeats = {
  id: string;
  capacity: number;
  targetCapacity: number | null;
  quotas: PerChannel;
};

/** Sets size and promises of locked slots; the table's own CHECKs have the last word. */
export async function setSeats(query: Query, slots: readonly NewSeats[]): Promise<void> {
  if (slots.length === 0) return;
  await query(
    `UPDATE slot SET capacity = n.capacity, target_capacity = n."targetCapacity", phone_quota = n.phone,
       web_quota = n.web, staff_quota = n.staff, walk_in_quota = n."walk-in"
     FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, capacity int, "targetCapacity" int, phone int, web int,
       staff int, "walk-in" int)
     WHERE slot.id = n.id`,
    [JSON.stringify(slots.map(({ quotas, ...slot }) => ({ ...slot, ...quotas })))],
  );
}

import type { Query, Transaction } from '@madoguchi/database';
import type { SessionSlot } from './session-slots-store.ts';
import { insertWorkItems } from './work-item-store.ts';

type Booking = { id: string; residentId: string; slotId: string };

/** The same matter, whether the seat goes with its session or by a cut; the next seat of a booking is another. */
const seatKey = (booking: Booking): string => `seat/${booking.id}/${booking.slotId}`;

const AUDITED_TOGETHER = 500;

async function bookedIn(query: Query, slotIds: readonly string[]): Promise<Booking[]> {
  return query<Booking>(
    `SELECT id, resident_id AS "residentId", slot_id AS "slotId" FROM reservation
     WHERE slot_id = ANY($1::uuid[]) AND state = 'booked' ORDER BY booked_at DESC, id DESC`,
    [slotIds],
  );
}

async function putOn(
  tx: Transaction,
  bookings: readonly Booking[],
  why: {
    kind: 'session-closed' | 'capacity-cut';
    reason: string;
    now: Date;
    slots: readonly SessionSlot[];
  },
): Promise<number> {
  const slotOf = new Map(why.slots.map((slot) => [slot.id, slot]));
  const items = bookings.flatMap((booking) => {
    const slot = slotOf.get(booking.slotId);
    if (!slot) return [];
    return [
      {
        kind: why.kind,
        dedupeKey: seatKey(booking),
        residentId: booking.residentId,
        reservationId: booking.id,
        slotId: slot.id,
        venueCode: slot.venueCode,
        day: slot.day,
        reason: why.reason,
        dueAt: slot.start,
      },
    ];
  });
  const written = await insertWorkItems(tx, items, why.now);
  for (let at = 0; at < items.length; at += AUDITED_TOGETHER)
    tx.audit({
      action: 'case',
      operation: 'reservations.list-people-to-call',
      outcome: 'done',
      residents: items.slice(at, at + AUDITED_TOGETHER).map((item) => item.residentId),
      detail: { kind: why.kind, reason: why.reason },
    });
  return written;
}

/** Everybody booked in locked slots that are still to come: their session was closed. */
export async function callAllBooked(
  tx: Transaction,
  slots: readonly SessionSlot[],
  why: { reason: string; now: Date },
): Promise<number> {
  const coming = slots.filter((slot) => slot.start > why.now);
  const bookings = await bookedIn(
    tx.query,
    coming.map((slot) => slot.id),
  );
  // Who was to be called about a cut is called about the closing instead.
  await tx.query(
    `UPDATE work_item SET kind = 'session-closed', reason = $2, version = version + 1
     WHERE dedupe_key = ANY($1::text[]) AND state <> 'done'`,
    [bookings.map(seatKey), why.reason],
  );
  const moved = await putOn(tx, bookings, { ...why, kind: 'session-closed', slots: coming });
  return Math.max(moved, bookings.length);
}

/** The latest booked of locked slots that were cut below what is booked: who booked first keeps the seat. */
export async function callLatestBooked(
  tx: Transaction,
  slots: readonly SessionSlot[],
  why: { reason: string; now: Date },
): Promise<number> {
  const over = new Map(
    slots
      .filter((slot) => slot.targetCapacity !== null && slot.start > why.now)
      .map((slot) => [slot.id, Math.max(0, slot.booked - (slot.targetCapacity ?? 0))]),
  );
  const bookings = await bookedIn(tx.query, [...over.keys()]);
  const chosen = bookings.filter((booking) => {
    const left = over.get(booking.slotId) ?? 0;
    over.set(booking.slotId, left - 1);
    return left > 0;
  });
  await putOn(tx, chosen, { ...why, kind: 'capacity-cut', slots });
  return chosen.length;
}

/** Slots with open items about a cut that may have become unnecessary, in the order of their ids. */
export async function slotsToRecount(query: Query): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT DISTINCT w.slot_id AS id FROM work_item w JOIN slot s ON s.id = w.slot_id
     WHERE w.kind = 'capacity-cut' AND w.state = 'open' AND NOT s.closed
       AND (SELECT count(*) FROM work_item o WHERE o.slot_id = s.id AND o.kind = 'capacity-cut' AND o.state <> 'done')
         > greatest(s.booked - coalesce(s.target_capacity, s.capacity), 0)
     ORDER BY 1 LIMIT 200`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Open items about a cut that enough others made way for. The slots are locked first, so that no other cut
 * comes between; who booked first stays.
 */
export async function noLongerOver(query: Query, slotIds: readonly string[]): Promise<string[]> {
  await query('SELECT 1 FROM slot WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [slotIds]);
  const rows = await query<{ id: string }>(
    `SELECT id FROM (
       SELECT w.id, w.state, row_number() OVER (PARTITION BY w.slot_id ORDER BY r.booked_at, r.id) AS place,
         count(*) OVER (PARTITION BY w.slot_id)
           - greatest(s.booked - coalesce(s.target_capacity, s.capacity), 0) AS surplus
       FROM work_item w JOIN slot s ON s.id = w.slot_id JOIN reservation r ON r.id = w.reservation_id
       WHERE w.slot_id = ANY($1::uuid[]) AND w.kind = 'capacity-cut' AND w.state <> 'done'
         AND r.state = 'booked' AND r.slot_id = w.slot_id AND NOT s.closed) live
     WHERE place <= surplus AND state = 'open'`,
    [slotIds],
  );
  return rows.map(({ id }) => id);
}

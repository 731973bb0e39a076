import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { tokyoInstant } from '@madoguchi/kernel';
import type { FutureBooking } from '../domain/recheck.ts';

/** Rules whose bookings were not all judged yet, and the resident the run came to. */
export type Pending = { version: number; upTo: string | null };

/** The run that is due: rules told before `toldBefore` and not checked to the end; its row is locked. */
export async function pendingRecheck(query: Query, toldBefore: Date): Promise<Pending | undefined> {
  const [row] = await query<Pending>(
    `SELECT version, checked_up_to AS "upTo" FROM rulebook_copy
     WHERE version > checked_version AND told_at <= $1 FOR UPDATE`,
    [toldBefore],
  );
  return row;
}

export type Booked = FutureBooking & { slotId: string; venueCode: string; startsAt: Date };

type BookedRow = Omit<Booked, 'startsAt'> & { time: string };

/** Whose bookings: of the next residents in order, or of these. */
export type WhoseBookings = { upTo: string | null; residents: number } | { of: readonly string[] };

/** What an item about a booking and its rules is about; at most one such item is live. */
export const matterOf = (reservationId: string): string => `rules-changed/${reservationId}`;

/** Matters of bookings and their rules that somebody is on the worklist for. */
export async function mattersToCall(query: Query): Promise<Set<string>> {
  const rows = await query<{ matter: string }>(
    `SELECT dedupe_key AS matter FROM work_item WHERE kind IN ('rules-changed', 'callback') AND state <> 'done'`,
  );
  return new Set(rows.map(({ matter }) => matter));
}

/** Those of some matters that somebody is on the worklist for. */
export async function liveMatters(query: Query, matters: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ matter: string }>(
    `SELECT dedupe_key AS matter FROM work_item WHERE dedupe_key = ANY($1::text[]) AND state <> 'done'`,
    [matters],
  );
  return new Set(rows.map(({ matter }) => matter));
}

/** A booking in a slot, and what stands against it. */
export const objectionOf = (one: {
  reservationId: string;
  slotId: string;
  reason: string;
}): string => `${one.reservationId}/${one.slotId}/${one.reason}`;

/**
 * Objections that somebody was called about already and keeps the booking with, as the city agreed: nobody is
 * called twice for the same.
 */
export async function keptInSpiteOf(
  query: Query,
  reservationIds: readonly string[],
): Promise<Set<string>> {
  const rows = await query<{ reservationId: string; slotId: string; reason: string }>(
    `SELECT reservation_id AS "reservationId", slot_id AS "slotId", reason FROM work_item
     WHERE reservation_id = ANY($1::uuid[]) AND state = 'done' AND outcome = 'kept'
       AND dedupe_key = 'rules-changed/' || reservation_id`,
    [reservationIds],
  );
  return new Set(rows.map(objectionOf));
}

/** Bookings of slots of one day, product and time. */
export type BookedSlots = {
  date: CalendarDate;
  productCode: string;
  startsAt: string;
  endsAt: string;
  count: number;
};

/** Live bookings of a venue after a day whose slots are not closed, counted by day, product and time. */
export const bookingsBySlot = (
  query: Query,
  venueCode: string,
  day: CalendarDate,
): Promise<BookedSlots[]> =>
  query(
    `SELECT s.day::text AS date, s.product_code AS "productCode", s.starts_at AS "startsAt", s.ends_at AS "endsAt",
       count(*)::int AS count
     FROM reservation r JOIN slot s ON s.id = r.slot_id
     WHERE r.state = 'booked' AND s.venue_code = $1 AND s.day > $2::date AND NOT s.closed
     GROUP BY s.day, s.product_code, s.starts_at, s.ends_at ORDER BY s.day, s.starts_at, s.product_code`,
    [venueCode, day],
  );

/** Live bookings after a day. */
export async function bookingsAfter(
  query: Query,
  day: CalendarDate,
  whose: WhoseBookings,
): Promise<Map<string, Booked[]>> {
  const { of, upTo, residents } = { of: null, upTo: null, residents: null, ...whose };
  const rows = await query<{ residentId: string; bookings: BookedRow[] }>(
    `SELECT r.resident_id AS "residentId", json_agg(json_build_object('reservationId', r.id,
       'programmeCode', r.programme_code, 'doseNumber', r.dose_number, 'productCode', s.product_code, 'date', s.day,
       'slotId', s.id, 'venueCode', s.venue_code, 'time', s.starts_at) ORDER BY s.day) AS bookings
     FROM reservation r JOIN slot s ON s.id = r.slot_id
     WHERE r.state = 'booked' AND s.day > $1::date AND ($2::uuid IS NULL OR r.resident_id > $2::uuid)
       AND ($4::uuid[] IS NULL OR r.resident_id = ANY($4::uuid[]))
     GROUP BY r.resident_id ORDER BY r.resident_id LIMIT $3`,
    [day, upTo, residents, of],
  );
  return new Map(
    rows.map(({ residentId, bookings }) => [
      residentId,
      bookings.map(({ time, ...one }) => ({ ...one, startsAt: tokyoInstant(one.date, time) })),
    ]),
  );
}

/** Notes how far the run came, or, without a resident, that it is at its end. */
export async function noteRecheck(
  query: Query,
  version: number,
  upTo: string | undefined,
): Promise<void> {
  await query(
    `UPDATE rulebook_copy SET checked_up_to = $2::uuid,
       checked_version = CASE WHEN $2::uuid IS NULL THEN version ELSE checked_version END
     WHERE version = $1`,
    [version, upTo ?? null],
  );
}

/**
 * Notes residents with a booking whose facts changed. Their locks are held, so that no booking that read the facts
 * from before is under way unseen.
 */
export async function noteChangedResidents(
  query: Query,
  residentIds: readonly string[],
  changedAt: Date,
): Promise<void> {
  if (residentIds.length === 0) return;
  await query(
    `INSERT INTO recheck_resident (resident_id, changed_at)
     SELECT DISTINCT told.id, $2::timestamptz FROM unnest($1::uuid[]) AS told(id)
     WHERE EXISTS (SELECT 1 FROM reservation r WHERE r.resident_id = told.id AND r.state = 'booked')
     ORDER BY told.id
     ON CONFLICT (resident_id) DO UPDATE SET changed_at = excluded.changed_at`,
    [residentIds, changedAt],
  );
}

/** The next residents whose lists or facts changed before an instant; taken off, so that a run that fails leaves them. */
export async function takeChangedResidents(
  query: Query,
  asked: { changedBefore: Date; residents: number },
): Promise<string[]> {
  const rows = await query<{ residentId: string }>(
    `DELETE FROM recheck_resident WHERE resident_id IN (
       SELECT resident_id FROM recheck_resident WHERE changed_at <= $1
       ORDER BY changed_at, resident_id LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING resident_id AS "residentId"`,
    [asked.changedBefore, asked.residents],
  );
  return rows.map(({ residentId }) => residentId);
}

import type { SessionPattern, SessionView, ShutReason, Venue } from '@madoguchi/contracts';
import { sessionOpenedForBooking } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { newId, tokyoInstant } from '@madoguchi/kernel';
import type { PerChannel } from '../domain/slot-state.ts';
import { slotsOfPattern } from '../domain/session-pattern.ts';
import { whyVenueShutOn } from './venue-store.ts';

export type SessionRow = {
  id: string;
  venueCode: string;
  day: CalendarDate;
  productCode: string;
  pattern: SessionPattern;
  opensAt: Date;
  closesAt: Date | null;
  state: 'open' | 'closed';
  /** Why the venue gives nothing of it on the day, whatever the session is. */
  venueShut: ShutReason | null;
  /** As the venue's owner tells them now. */
  venueHours: Venue['openingHours'] | null;
  reason: string | null;
  version: number;
};
export type NewSession = Pick<
  SessionRow,
  'venueCode' | 'day' | 'productCode' | 'pattern' | 'opensAt' | 'closesAt'
>;

const SESSION = /* sql */ `
SELECT e.id, e.venue_code AS "venueCode", e.day::text AS day, e.product_code AS "productCode",
  json_build_object('startsAt', e.starts_at, 'endsAt', e.ends_at, 'slotMinutes', e.slot_minutes, 'gaps', e.gaps,
    'capacity', e.capacity, 'extraAtStart', e.extra_at_start, 'quotas', json_build_object('phone', e.phone_quota,
    'web', e.web_quota, 'staff', e.staff_quota, 'walk-in', e.walk_in_quota)) AS pattern,
  e.opens_at AS "opensAt", e.closes_at AS "closesAt", e.state, e.reason, e.version,
  (SELECT h.opening_hours FROM venue h WHERE h.code = e.venue_code) AS "venueHours",
  ${whyVenueShutOn('e')} AS "venueShut"
FROM session e`;

/** Sessions of a venue are opened one after another, so that no two of them overlap. */
export async function lockVenueSessions(tx: Transaction, venueCode: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 32))`, [venueCode]);
}

/**
 * A session, locked before its slots. Not FOR UPDATE: a slot that is updated twice in a transaction looks
 * its session up again with a KEY SHARE lock, and whoever does that holds the slot already.
 */
export async function lockSession(query: Query, id: string): Promise<SessionRow | undefined> {
  const [row] = await query<SessionRow>(`${SESSION} WHERE e.id = $1::uuid FOR NO KEY UPDATE`, [id]);
  return row;
}

/** Sessions of a venue on days from and to, both included, in the order of their ids; locked. */
export async function lockSessionsOf(
  query: Query,
  which: { venueCode: string; from: string; to: string },
): Promise<SessionRow[]> {
  return query<SessionRow>(
    `${SESSION} WHERE e.venue_code = $1 AND e.day BETWEEN $2::date AND $3::date ORDER BY e.id FOR NO KEY UPDATE`,
    [which.venueCode, which.from, which.to],
  );
}

/** Sessions by their ids, in the order of their days; without locks. */
export async function sessionsById(query: Query, ids: readonly string[]): Promise<SessionRow[]> {
  return query<SessionRow>(`${SESSION} WHERE e.id = ANY($1::uuid[]) ORDER BY e.day, e.id`, [ids]);
}

/** Open sessions of a venue on days from and to, both included; without locks. */
export async function openSessionsOf(
  query: Query,
  which: { venueCode: string; from: string; to: string },
): Promise<SessionRow[]> {
  return query<SessionRow>(
    `${SESSION} WHERE e.venue_code = $1 AND e.day BETWEEN $2::date AND $3::date AND e.state = 'open'
     ORDER BY e.day, e.id`,
    [which.venueCode, which.from, which.to],
  );
}

export async function isTakenBySession(query: Query, wanted: NewSession): Promise<boolean> {
  const { venueCode, productCode, day, pattern } = wanted;
  const [taken] = await query(
    `SELECT 1 FROM session WHERE venue_code = $1 AND product_code = $2 AND day = $3::date
       AND starts_at < $5 AND $4 < ends_at`,
    [venueCode, productCode, day, pattern.startsAt, pattern.endsAt],
  );
  return taken !== undefined;
}

const COLUMNS = `id uuid, session_id uuid, venue_code text, product_code text, day date, starts_at text, ends_at text,
  capacity int, phone_quota int, web_quota int, staff_quota int, walk_in_quota int, opens_at timestamptz,
  closes_at timestamptz`;
const NAMES = COLUMNS.replaceAll(/\s+(?:uuid|text|date|int|timestamptz)/gu, '');

const quotaColumns = (quotas: PerChannel) => ({
  phone_quota: quotas.phone,
  web_quota: quotas.web,
  staff_quota: quotas.staff,
  walk_in_quota: quotas['walk-in'],
});

function slotRows(session: NewSession, sessionId: string) {
  const { day, venueCode, productCode, opensAt, closesAt } = session;
  return slotsOfPattern(session.pattern).map((slot) => {
    const start = tokyoInstant(day, slot.startsAt);
    return {
      id: newId(),
      session_id: sessionId,
      venue_code: venueCode,
      product_code: productCode,
      day,
      starts_at: slot.startsAt,
      ends_at: slot.endsAt,
      capacity: slot.capacity,
      ...quotaColumns(slot.quotas),
      opens_at: opensAt,
      closes_at: closesAt !== null && closesAt < start ? closesAt : start,
    };
  });
}

/** Writes a session with the slots of its pattern, and tells of it. */
export async function insertSession(
  tx: Transaction,
  session: NewSession,
): Promise<{ sessionId: string; slots: number }> {
  const sessionId = newId();
  const { pattern, venueCode, day, productCode } = session;
  await tx.query(
    `INSERT INTO session (id, venue_code, day, product_code, starts_at, ends_at, slot_minutes, gaps, capacity,
       extra_at_start, phone_quota, web_quota, staff_quota, walk_in_quota, opens_at, closes_at)
     VALUES ($1::uuid, $2, $3::date, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      sessionId,
      venueCode,
      day,
      productCode,
      pattern.startsAt,
      pattern.endsAt,
      pattern.slotMinutes,
      JSON.stringify(pattern.gaps),
      pattern.capacity,
      pattern.extraAtStart,
      ...Object.values(quotaColumns(pattern.quotas)),
      session.opensAt,
      session.closesAt,
    ],
  );
  const rows = slotRows(session, sessionId);
  await tx.query(
    `INSERT INTO slot (${NAMES}) SELECT ${NAMES} FROM jsonb_to_recordset($1::jsonb) AS s(${COLUMNS})`,
    [JSON.stringify(rows)],
  );
  tx.record({
    type: sessionOpenedForBooking,
    aggregateId: sessionId,
    aggregateVersion: 1,
    payload: { sessionId, venueCode, day, productCode },
  });
  return { sessionId, slots: rows.length };
}

export type SessionFilter = {
  venueCode: string | undefined;
  from: string;
  to: string;
  state: SessionRow['state'] | undefined;
  after: { day: string; id: string } | undefined;
  limit: number;
};

/** Sessions by day, without locks. */
export async function findSessions(query: Query, filter: SessionFilter): Promise<SessionRow[]> {
  return query<SessionRow>(
    `${SESSION} WHERE ($1::text IS NULL OR e.venue_code = $1) AND e.day BETWEEN $2::date AND $3::date
       AND ($4::text IS NULL OR e.state = $4) AND ($5::date IS NULL OR (e.day, e.id) > ($5::date, $6::uuid))
     ORDER BY e.day, e.id LIMIT $7`,
    [
      filter.venueCode ?? null,
      filter.from,
      filter.to,
      filter.state ?? null,
      filter.after?.day ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  );
}

type Counts = Pick<SessionView, 'slots' | 'capacity' | 'booked' | 'held' | 'overBooked'>;

/** What is booked in each session. */
export async function countSessions(
  query: Query,
  ids: readonly string[],
): Promise<Map<string, Counts>> {
  const rows = await query<Counts & { id: string }>(
    `SELECT session_id AS id, count(*)::int AS slots, sum(coalesce(target_capacity, capacity))::int AS capacity,
       sum(booked)::int AS booked, sum(held)::int AS held,
       sum(greatest(booked - coalesce(target_capacity, capacity), 0))::int AS "overBooked"
     FROM slot WHERE session_id = ANY($1::uuid[]) GROUP BY session_id`,
    [ids],
  );
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

export type SlotBooked = { sessionId: string; startsAt: string; endsAt: string; booked: number };

/** Times of the slots of sessions that are not closed, with what is booked in each. */
export const slotsOfSessions = (query: Query, ids: readonly string[]): Promise<SlotBooked[]> =>
  query(
    `SELECT session_id AS "sessionId", starts_at AS "startsAt", ends_at AS "endsAt", booked FROM slot
     WHERE session_id = ANY($1::uuid[]) AND NOT closed`,
    [ids],
  );

/** Promises of a session's pattern, by which its slots are measured from now on. */
export async function setSessionQuotas(
  query: Query,
  id: string,
  quotas: PerChannel,
): Promise<void> {
  await query(
    `UPDATE session SET phone_quota = $2, web_quota = $3, staff_quota = $4, walk_in_quota = $5,
       version = version + 1 WHERE id = $1::uuid`,
    [id, ...Object.values(quotaColumns(quotas))],
  );
}

/** The session and its slots take bookings again. */
export async function markReopened(query: Query, sessionId: string): Promise<void> {
  await query('UPDATE slot SET closed = false WHERE session_id = $1::uuid', [sessionId]);
  await query(
    `UPDATE session SET state = 'open', reason = NULL, version = version + 1 WHERE id = $1::uuid`,
    [sessionId],
  );
}

/** What was approved for a session as it was is approved no more. */
export async function nextVersion(query: Query, sessionId: string): Promise<void> {
  await query('UPDATE session SET version = version + 1 WHERE id = $1::uuid', [sessionId]);
}

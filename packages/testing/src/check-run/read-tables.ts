import pg from 'pg';
import type { WaitingList } from './read-waiting-list.ts';
import { ms, readWaitingList } from './read-waiting-list.ts';

export const CHANNELS = ['phone', 'web', 'staff', 'walk-in'] as const;
export type Channel = (typeof CHANNELS)[number];
type PerChannel = Record<Channel, number>;

export type SlotRow = {
  id: string;
  venueCode: string;
  day: string;
  startsAt: string;
  productCode: string;
  sessionId: string | null;
  capacity: number;
  booked: number;
  held: number;
  quota: PerChannel;
  taken: PerChannel;
  /** Epoch milliseconds, or infinite. */
  opensAt: number;
  closesAt: number;
};
/** What was told when a booking was made or moved last. */
type BookedFact = { residentId: string; doseNumber: number; venueCode: string; date: string };
export type ReservationRow = {
  id: string;
  residentId: string;
  programmeCode: string;
  doseNumber: number;
  slotId: string;
  state: string;
  channel: Channel;
  confirmationNumber: string;
  /** Epoch milliseconds. */
  bookedAt: number;
  cancelledAt: number | null;
  version: number;
};
export type HoldRow = {
  id: string;
  slotId: string;
  caseId: string;
  residentId: string;
  doseNumber: number;
  channel: Channel;
  expiresAt: number;
  /** The seat of an offer of the waiting list. */
  offerId: string | null;
};
export type Tables = {
  /** The later of the database's clock and the end of the record, whose clock a test may have put forward. */
  now: number;
  slots: Map<string, SlotRow>;
  reservations: Map<string, ReservationRow>;
  holds: Map<string, HoldRow>;
  waiting: WaitingList;
  copies: Map<
    string,
    { version: number; residency: readonly { from: string; to: string | null }[] }
  >;
  /** Facts told of each booking. */
  events: Map<string, { count: number; last: number; fact: BookedFact | null }>;
  /** Bookings that somebody is, or was, to be called about. */
  called: Set<string>;
  eventsWaiting: number;
  /** Lanes of the audit log: entries there, their first number, and the last number given. */
  audit: { lane: number; entries: number; first: number; last: number }[];
};

const SLOTS = `
SELECT id, venue_code AS "venueCode", day::text AS day, starts_at AS "startsAt", product_code AS "productCode",
  session_id AS "sessionId", capacity, booked, held,
  json_build_object('phone', phone_quota, 'web', web_quota, 'staff', staff_quota, 'walk-in', walk_in_quota) AS quota,
  json_build_object('phone', phone_taken, 'web', web_taken, 'staff', staff_taken, 'walk-in', walk_in_taken) AS taken,
  ${ms('opens_at')} AS "opensAt", ${ms('closes_at')} AS "closesAt"
FROM slot WHERE booked <> 0 OR held <> 0
  OR phone_taken <> 0 OR web_taken <> 0 OR staff_taken <> 0 OR walk_in_taken <> 0
  OR id IN (SELECT slot_id FROM reservation) OR id IN (SELECT slot_id FROM hold)
  OR id = ANY($1::uuid[])`;

const RESERVATIONS = `
SELECT id, resident_id AS "residentId", programme_code AS "programmeCode", dose_number AS "doseNumber",
  slot_id AS "slotId", state, channel, confirmation_number AS "confirmationNumber", ${ms('booked_at')} AS "bookedAt",
  ${ms('cancelled_at')} AS "cancelledAt", version FROM reservation`;

const HOLDS = `
SELECT id, slot_id AS "slotId", case_id AS "caseId", resident_id AS "residentId", dose_number AS "doseNumber",
  channel, ${ms('expires_at')} AS "expiresAt", offer_id AS "offerId" FROM hold`;

const COPIES = `
SELECT resident_id AS id, version::int AS version, residency FROM resident_copy WHERE resident_id = ANY($1::uuid[])`;

const EVENTS = `
SELECT aggregate_id AS id, count(*)::int AS count, max(aggregate_version)::int AS last,
  (array_agg(payload ORDER BY aggregate_version DESC) FILTER (WHERE subject LIKE '%.booked.%'))[1] AS fact
FROM relay.outbox
WHERE subject LIKE 'ev.reservations.reservation.%' AND subject NOT LIKE '%.reminder-due.%' GROUP BY aggregate_id`;

const CALLED = `SELECT DISTINCT reservation_id AS id FROM work_item WHERE reservation_id IS NOT NULL`;

const HOUSE = `
SELECT ${ms('clock_timestamp()')} AS now,
  (SELECT count(*)::int FROM relay.outbox
   WHERE published_at IS NULL AND recorded_at < now() - interval '60 s') AS waiting`;

const AUDIT = `
SELECT l.lane::int AS lane, l.last::int AS last, count(e.seq)::int AS entries,
  coalesce(min(e.seq), 1)::int AS first
FROM (SELECT lane, last FROM relay.audit_lane UNION ALL SELECT 0, last FROM relay.audit_counter) AS l
LEFT JOIN relay.audit_entry e ON e.lane = l.lane GROUP BY l.lane, l.last`;

const byId = <Row extends { id: string }>(rows: Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));

/** Reads what the checker needs of a reservations database, all at one moment. */
export async function readTables(
  databaseUrl: string,
  named: { slots: readonly string[]; residents: readonly string[]; ended: number },
): Promise<Tables> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rows = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await client.query<Row>(sql, values)).rows;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const [house] =
      await rows<Record<'now' | 'waiting' | 'entries' | 'first' | 'last', number>>(HOUSE);
    if (!house) throw new Error('the house tables are missing');
    return {
      now: Math.max(house.now, named.ended),
      slots: byId(await rows<SlotRow>(SLOTS, [named.slots])),
      reservations: byId(await rows<ReservationRow>(RESERVATIONS)),
      holds: byId(await rows<HoldRow>(HOLDS)),
      waiting: await readWaitingList(rows, named.slots),
      copies: byId(
        await rows<{
          id: string;
          version: number;
          residency: { from: string; to: string | null }[];
        }>(COPIES, [named.residents]),
      ),
      events: byId(
        await rows<{ id: string; count: number; last: number; fact: BookedFact | null }>(EVENTS),
      ),
      called: new Set((await rows<{ id: string }>(CALLED)).map(({ id }) => id)),
      eventsWaiting: house.waiting,
      audit: await rows<Tables['audit'][number]>(AUDIT),
    };
  } finally {
    await client.end();
  }
}

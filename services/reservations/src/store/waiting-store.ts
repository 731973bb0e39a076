import { randomInt } from 'node:crypto';
import type { Channel, Reach } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { callbackTicketNumber } from '@madoguchi/kernel';
import type { WaitingState } from '../domain/waiting.ts';
import type { WaitlistSetting } from '../domain/offer-time.ts';

export type WaitingRow = {
  id: string;
  residentId: string;
  doseNumber: number;
  venueCode: string | null;
  town: string | null;
  productCode: string | null;
  from: string;
  to: string;
  timeFrom: string | null;
  timeTo: string | null;
  reach: Reach;
  channel: Channel;
  ticketNumber: string | null;
  state: WaitingState;
  offersMissed: number;
  joinedAt: Date;
  version: number;
};

const ENTRY = /* sql */ `
SELECT e.id, e.resident_id AS "residentId", e.dose_number AS "doseNumber", e.venue_code AS "venueCode", e.town,
  e.product_code AS "productCode", e.day_from::text AS "from", e.day_to::text AS "to", e.time_from AS "timeFrom",
  e.time_to AS "timeTo", e.reach, e.channel, e.ticket_number AS "ticketNumber", e.state,
  e.offers_missed AS "offersMissed", e.joined_at AS "joinedAt", e.version
FROM waiting_entry e`;

/** An entry of a resident whose lock is held, so that nobody is waited for. */
export async function lockEntry(
  query: Query,
  id: string,
  residentId: string,
): Promise<WaitingRow | undefined> {
  const [row] = await query<WaitingRow>(
    `${ENTRY} WHERE e.id = $1::uuid AND e.resident_id = $2::uuid FOR UPDATE`,
    [id, residentId],
  );
  return row;
}

export const entriesOf = (query: Query, residentId: string): Promise<WaitingRow[]> =>
  query<WaitingRow>(
    `${ENTRY} WHERE e.resident_id = $1::uuid ORDER BY e.joined_at DESC, e.id DESC LIMIT 50`,
    [residentId],
  );

export async function waitsAlready(
  query: Query,
  who: { municipalityCode: string; residentId: string; doseNumber: number },
): Promise<boolean> {
  const rows = await query(
    `SELECT 1 FROM waiting_entry WHERE municipality_code = $1 AND resident_id = $2::uuid AND dose_number = $3
       AND state IN ('waiting', 'offered')`,
    [who.municipalityCode, who.residentId, who.doseNumber],
  );
  return rows.length > 0;
}

export type NewEntry = Omit<WaitingRow, 'state' | 'offersMissed' | 'version' | 'ticketNumber'> & {
  municipalityCode: string;
  joinedBy: string;
};

/** Writes an entry; who is telephoned gets a number that nobody who waits has. */
export async function insertEntry(query: Query, row: NewEntry): Promise<WaitingRow> {
  for (;;) {
    const number =
      row.reach === 'phone'
        ? callbackTicketNumber(String(randomInt(1_000_000)).padStart(6, '0'))
        : null;
    const written = await query(
      `INSERT INTO waiting_entry (id, municipality_code, resident_id, dose_number, venue_code, town, product_code,
         day_from, day_to, time_from, time_to, reach, channel, ticket_number, state, joined_by, joined_at)
       VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, $7, $8::date, $9::date, $10, $11, $12, $13, $14, 'waiting', $15, $16)
       ON CONFLICT (ticket_number) WHERE state IN ('waiting', 'offered') DO NOTHING RETURNING id`,
      [
        row.id,
        row.municipalityCode,
        row.residentId,
        row.doseNumber,
        row.venueCode,
        row.town,
        row.productCode,
        row.from,
        row.to,
        row.timeFrom,
        row.timeTo,
        row.reach,
        row.channel,
        number,
        row.joinedBy,
        row.joinedAt,
      ],
    );
    if (written.length === 1)
      return { ...row, ticketNumber: number, state: 'waiting', offersMissed: 0, version: 1 };
  }
}

/** @returns the entry's new version */
export async function moveEntry(
  query: Query,
  id: string,
  to: { state: WaitingState; offersMissed?: number; endReason?: string | null },
): Promise<number> {
  const [row] = await query<{ version: number }>(
    `UPDATE waiting_entry SET state = $2, offers_missed = coalesce($3, offers_missed), end_reason = $4,
       version = version + 1
     WHERE id = $1::uuid RETURNING version`,
    [id, to.state, to.offersMissed ?? null, to.endReason ?? null],
  );
  if (!row) throw new Error('an entry of the waiting list that is gone');
  return row.version;
}

/** SQL: has resident `id` a dose, given or booked, of this number? Of whatever vaccine: the rules say whether it counts. */
export const hasDoseOfNumber = (id: string, doseNumber: string): string => /* sql */ `(
  EXISTS (SELECT 1 FROM reservation r WHERE r.resident_id = ${id} AND r.dose_number = ${doseNumber}
    AND r.state IN ('booked', 'attended'))
  OR EXISTS (SELECT 1 FROM dose_copy d WHERE d.resident_id = ${id} AND d.dose_number = ${doseNumber}))`;

/** Entries that somebody waits with, of those whose days are over or, of the others, whose owner may be served. */
export const entriesToEnd = (
  query: Query,
  which: { today: string; over: boolean },
  page: { after: string | undefined; limit: number },
): Promise<WaitingRow[]> =>
  query<WaitingRow>(
    `${ENTRY} WHERE e.state = 'waiting' AND ${
      which.over
        ? 'e.day_to < $1::date'
        : `e.day_to >= $1::date AND ${hasDoseOfNumber('e.resident_id', 'e.dose_number')}`
    } AND ($2::uuid IS NULL OR e.id > $2::uuid) ORDER BY e.id LIMIT $3`,
    [which.today, page.after ?? null, page.limit],
  );

/** Ends entries of residents whose locks are held. @returns whose they were */
export async function endEntries(
  query: Query,
  ids: readonly string[],
  endReason: 'range-over' | 'served',
): Promise<string[]> {
  const ended = await query<{ residentId: string }>(
    `UPDATE waiting_entry SET state = 'ended', version = version + 1, end_reason = $2
     WHERE id = ANY($1::uuid[]) AND state = 'waiting' RETURNING resident_id AS "residentId"`,
    [ids, endReason],
  );
  return ended.map(({ residentId }) => residentId);
}

/** SQL: does entry `e` wait for slot `s` of venue `v`, and was it never offered a seat of it? */
export const WAITS_FOR = /* sql */ `
e.state = 'waiting' AND s.day BETWEEN e.day_from AND e.day_to
  AND e.place = ANY(ARRAY[s.venue_code, 'town:' || v.town, '*'])
  AND (e.product_code IS NULL OR e.product_code = s.product_code)
  AND (e.time_from IS NULL OR s.starts_at >= e.time_from) AND (e.time_to IS NULL OR s.starts_at < e.time_to)
  AND NOT EXISTS (SELECT 1 FROM waitlist_offer o WHERE o.entry_id = e.id AND o.slot_id = s.id)`;

/** Who waits for a seat of a slot, first come first, behind the one given. */
export const inLineFor = (
  query: Query,
  slotId: string,
  page: { after: WaitingRow | undefined; limit: number },
): Promise<WaitingRow[]> =>
  query<WaitingRow>(
    `${ENTRY}, slot s JOIN venue v ON v.code = s.venue_code
     WHERE s.id = $1::uuid AND ${WAITS_FOR}
       AND ($2::timestamptz IS NULL OR (e.joined_at, e.id) > ($2::timestamptz, $3::uuid))
     ORDER BY e.joined_at, e.id LIMIT $4`,
    [slotId, page.after?.joinedAt ?? null, page.after?.id ?? null, page.limit],
  );

/** Of entries that wait: how many joined before for a seat that could be theirs too. */
export const aheadOf = (
  query: Query,
  entryIds: readonly string[],
): Promise<{ entryId: string; ahead: number }[]> =>
  query(
    `SELECT e.id AS "entryId", count(b.id)::int AS ahead FROM waiting_entry e
     LEFT JOIN venue v ON v.code = e.venue_code
     LEFT JOIN waiting_entry b ON b.state = 'waiting' AND (b.joined_at, b.id) < (e.joined_at, e.id)
       AND b.day_from <= e.day_to AND e.day_from <= b.day_to
       AND coalesce(b.product_code = e.product_code, true)
       AND coalesce(b.time_from < e.time_to, true) AND coalesce(e.time_from < b.time_to, true)
       AND (e.place = '*' OR b.place IN ('*', e.place, 'town:' || v.town)
         OR EXISTS (SELECT 1 FROM venue w WHERE w.code = b.venue_code AND w.town = e.town))
     WHERE e.id = ANY($1::uuid[]) AND e.state IN ('waiting', 'offered') GROUP BY e.id`,
    [entryIds],
  );

/** Who waits, whatever for, first come first, behind the one given. */
export const waitingPage = (
  query: Query,
  page: { after: WaitingRow | undefined; limit: number },
): Promise<WaitingRow[]> =>
  query<WaitingRow>(
    `${ENTRY} WHERE e.state = 'waiting'
       AND ($1::timestamptz IS NULL OR (e.joined_at, e.id) > ($1::timestamptz, $2::uuid))
     ORDER BY e.joined_at, e.id LIMIT $3`,
    [page.after?.joinedAt ?? null, page.after?.id ?? null, page.limit],
  );

/** Is a seat kept that an entry will be asked about, those ahead of it that wait for one like it served? */
export async function seatIsOnItsWay(query: Query, entry: WaitingRow): Promise<boolean> {
  const [row] = await query<{ seats: number; ahead: number }>(
    `WITH fitting AS (SELECT s.* FROM kept_seat k JOIN slot s ON s.id = k.slot_id
         JOIN venue v ON v.code = s.venue_code, waiting_entry e WHERE e.id = $1::uuid AND ${WAITS_FOR})
     SELECT (SELECT count(*)::int FROM fitting) AS seats,
       (SELECT count(DISTINCT e.id)::int FROM fitting s JOIN venue v ON v.code = s.venue_code, waiting_entry e
         WHERE (e.joined_at, e.id) < ($2::timestamptz, $1::uuid) AND ${WAITS_FOR}) AS ahead`,
    [entry.id, entry.joinedAt],
  );
  return row !== undefined && row.seats > row.ahead;
}

/** Slots that an entry was ever offered, and when its owner last declined one or let it run out. */
export async function answeredOffers(
  query: Query,
  entryId: string,
): Promise<{ slotIds: string[]; lastAnswered: Date | null }> {
  const [row] = await query<{ slotIds: string[]; lastAnswered: Date | null }>(
    `SELECT coalesce(array_agg(slot_id::text), '{}') AS "slotIds",
       max(ended_at) FILTER (WHERE state IN ('declined', 'expired')) AS "lastAnswered"
     FROM waitlist_offer WHERE entry_id = $1::uuid`,
    [entryId],
  );
  return row ?? { slotIds: [], lastAnswered: null };
}

/** Notes why a freed seat went past somebody; the last reason for a slot stands. */
export async function notePass(
  query: Query,
  pass: { entryId: string; slotId: string; code: string; now: Date },
): Promise<void> {
  await query(
    `INSERT INTO waitlist_pass (entry_id, slot_id, code, passed_at) VALUES ($1::uuid, $2::uuid, $3, $4)
     ON CONFLICT (entry_id, slot_id) DO UPDATE SET code = excluded.code, passed_at = excluded.passed_at`,
    [pass.entryId, pass.slotId, pass.code, pass.now],
  );
}

/** How often freed seats went past entries, by reason. */
export const passesOf = (
  query: Query,
  entryIds: readonly string[],
): Promise<{ entryId: string; code: string; times: number }[]> =>
  query(
    `SELECT entry_id AS "entryId", code, count(*)::int AS times FROM waitlist_pass
     WHERE entry_id = ANY($1::uuid[]) GROUP BY entry_id, code ORDER BY times DESC, code`,
    [entryIds],
  );

export async function waitlistSetting(query: Query): Promise<WaitlistSetting> {
  const [row] = await query<WaitlistSetting>(
    `SELECT phone_minutes AS "phoneMinutes", web_minutes AS "webMinutes", shortest_minutes AS "shortestMinutes",
       calling_from AS "callingFrom", calling_to AS "callingTo", calling_weekdays AS "callingWeekdays",
       calls_on_holidays AS "callsOnHolidays", ARRAY(SELECT day::text FROM unnest(closed_days) day) AS "closedDays",
       offers_to_miss AS "offersToMiss"
     FROM waitlist_setting`,
  );
  if (!row) throw new Error('the setting of the waiting list is gone');
  return row;
}

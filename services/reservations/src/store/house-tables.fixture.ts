/** Tables of a house, as SQL: `$1` slots and `$2` people in their places, so that two houses can be compared. */
const person = (column: string): string => `array_position($2::uuid[], ${column}) - 1`;
const slot = (column: string): string => `array_position($1::uuid[], ${column}) - 1`;

/** Rows as sorted texts, one `part` a table. */
const lines = (part: string, text: string, from: string): string =>
  `SELECT '${part}' AS part, coalesce(json_agg(line ORDER BY line), '[]') AS lines
   FROM (SELECT concat_ws(' ', ${text}) AS line FROM ${from}) rows`;

/** Everything that a command can leave behind, without its ids and times. `$3`: what was told before. */
export const SEEN = [
  lines(
    'slots',
    `${slot('id')}, capacity, target_capacity, phone_quota, web_quota, staff_quota, walk_in_quota, booked, held,
     phone_taken, web_taken, staff_taken, walk_in_taken, closed`,
    'slot WHERE id = ANY($1::uuid[])',
  ),
  lines('sessions', 'day, state, phone_quota, walk_in_quota', 'session'),
  lines(
    'reservations',
    `${person('resident_id')}, 'dose', dose_number, 'on', ${slot('slot_id')}, channel, state, version, cancel_reason, 'party of',
     (SELECT count(*) FROM reservation o WHERE o.party_id = reservation.party_id)`,
    'reservation',
  ),
  lines(
    'holds',
    `${person('resident_id')}, 'on', ${slot('slot_id')}, channel, offer_id IS NOT NULL`,
    'hold',
  ),
  lines(
    'waiting',
    `${person('resident_id')}, channel, state, offers_missed, end_reason, version`,
    'waiting_entry',
  ),
  lines(
    'offers',
    `${person('e.resident_id')}, 'on', ${slot('o.slot_id')}, o.state`,
    'waitlist_offer o JOIN waiting_entry e ON e.id = o.entry_id',
  ),
  lines('kept', `${slot('slot_id')}, channel`, 'kept_seat'),
  lines(
    'passes',
    `${person('e.resident_id')}, 'on', ${slot('p.slot_id')}, p.code`,
    'waitlist_pass p JOIN waiting_entry e ON e.id = p.entry_id',
  ),
  // Of two booked in one instant either may be the later: a cut names one of them.
  lines(
    'calls',
    `kind, CASE kind WHEN 'capacity-cut' THEN NULL ELSE ${person('resident_id')} END, 'on', ${slot('slot_id')}, state, outcome`,
    'work_item',
  ),
  lines('uses', 'kind, per, count(*)', 'budget_use GROUP BY kind, per'),
  lines('agreed', 'count(*)', 'approval_copy WHERE used_at IS NOT NULL'),
  lines('plans', 'phone_quota, walk_in_quota, applied_at IS NOT NULL', 'quota_plan'),
  lines('facts', 'subject, count(*)', 'relay.outbox WHERE position > $3::bigint GROUP BY subject'),
].join('\nUNION ALL\n');

/** What must never be, whatever was done: each row is one such thing. `$1`: what was told before. */
export const WRONG = /* sql */ `
SELECT 'count' AS wrong, s.id FROM slot s
WHERE s.booked <> (SELECT count(*) FROM reservation r WHERE r.slot_id = s.id AND r.state <> 'cancelled')
  OR s.held <> (SELECT count(*) FROM hold h WHERE h.slot_id = s.id)
    + (SELECT count(*) FROM kept_seat k WHERE k.slot_id = s.id)
  OR s.booked + s.held > s.capacity
UNION ALL
SELECT 'channel', s.id FROM slot s, (VALUES ('phone'), ('web'), ('staff'), ('walk-in')) AS c(name)
WHERE CASE c.name WHEN 'phone' THEN phone_taken WHEN 'web' THEN web_taken WHEN 'staff' THEN staff_taken
    ELSE walk_in_taken END
  <> (SELECT count(*) FROM reservation r WHERE r.slot_id = s.id AND r.state <> 'cancelled' AND r.channel = c.name)
    + (SELECT count(*) FROM hold h WHERE h.slot_id = s.id AND h.channel = c.name)
    + (SELECT count(*) FROM kept_seat k WHERE k.slot_id = s.id AND k.channel = c.name)
UNION ALL
SELECT 'offer without its seat, or seat without its offer', coalesce(o.id, h.id)
FROM waitlist_offer o FULL JOIN hold h ON h.offer_id = o.id
WHERE coalesce(o.state = 'open', false) <> (h.offer_id IS NOT NULL)
UNION ALL
SELECT 'entry and its offer', e.id FROM waiting_entry e
WHERE (e.state = 'offered') <> EXISTS
  (SELECT 1 FROM waitlist_offer o WHERE o.entry_id = e.id AND o.state = 'open')
UNION ALL
SELECT 'somebody before was passed over', o.id
FROM waitlist_offer o JOIN waiting_entry e ON e.id = o.entry_id
JOIN waiting_entry b ON b.time_from = e.time_from AND (b.joined_at, b.id) < (e.joined_at, e.id)
WHERE b.state = 'waiting'
  AND NOT EXISTS (SELECT 1 FROM waitlist_offer x WHERE x.entry_id = b.id AND x.slot_id = o.slot_id)
  AND NOT EXISTS (SELECT 1 FROM waitlist_pass x WHERE x.entry_id = b.id AND x.slot_id = o.slot_id)
UNION ALL
SELECT 'version without its fact', r.id FROM reservation r
WHERE r.version <>
  (SELECT count(*) FROM relay.outbox o WHERE o.position > $1::bigint AND o.aggregate_id = r.id::text)
UNION ALL
SELECT 'two live bookings of a dose', min(r.id::text)::uuid FROM reservation r
WHERE r.state IN ('booked', 'attended') GROUP BY r.resident_id, r.dose_number HAVING count(*) > 1`;

/**
 * Who waits beside a free seat once the jobs have run: it could be theirs, and they were neither asked before nor
 * passed over. `$1`: now.
 */
export const IN_VAIN = /* sql */ `
SELECT e.id FROM waiting_entry e JOIN slot s ON s.day BETWEEN e.day_from AND e.day_to
  AND s.starts_at >= e.time_from AND s.starts_at < e.time_to
WHERE e.state = 'waiting' AND NOT s.closed AND s.target_capacity IS NULL
  AND s.opens_at <= $1 AND s.closes_at > $1::timestamptz + interval '1 minute' AND (s.open_to & 1) <> 0
  AND NOT EXISTS (SELECT 1 FROM waitlist_offer o
    WHERE o.entry_id = e.id AND (o.slot_id = s.id OR o.state IN ('declined', 'expired')))
  AND NOT EXISTS (SELECT 1 FROM waitlist_pass x WHERE x.entry_id = e.id AND x.slot_id = s.id)
  AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.resident_id = e.resident_id AND r.state <> 'cancelled')`;

/** Back to empty slots; what was told and logged stays. */
export const EMPTY = /* sql */ `
WITH a AS (DELETE FROM work_item), b AS (DELETE FROM waitlist_pass), c AS (DELETE FROM kept_seat),
  d AS (DELETE FROM hold), e AS (DELETE FROM waitlist_offer), f AS (DELETE FROM waiting_entry),
  g AS (DELETE FROM reservation), h AS (DELETE FROM budget_use), i AS (DELETE FROM quota_plan),
  k AS (DELETE FROM approval_copy), l AS (DELETE FROM session_change),
  j AS (UPDATE session SET state = 'open', reason = NULL, phone_quota = 1, web_quota = 0, staff_quota = 0, walk_in_quota = 0)
UPDATE slot SET booked = 0, held = 0, phone_taken = 0, web_taken = 0, staff_taken = 0, walk_in_taken = 0,
  capacity = ($2::int[])[array_position($1::uuid[], id)], target_capacity = NULL, closed = false,
  phone_quota = 1, web_quota = 0, staff_quota = 0, walk_in_quota = 0
WHERE id = ANY($1::uuid[])`;

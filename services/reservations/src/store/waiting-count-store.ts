import type { countWaiting, ReplyOf, RequestOf } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { OFFER_MATTER } from './offer-store.ts';

type Counts = ReplyOf<typeof countWaiting>;

/** Groups, and venues with seats on their way, that are listed. */
const MOST = 500;

/** SQL: who may have a seat of venue $1 on the days from $2 to $3, and whether they are to be called by $4. */
const IN_LINE = /* sql */ `
SELECT e.venue_code, e.town, e.product_code, e.dose_number, e.state, e.joined_at, e.day_from, e.day_to,
  w.id IS NOT NULL AS call_due
FROM waiting_entry e
  LEFT JOIN waitlist_offer o ON o.entry_id = e.id AND o.state = 'open'
  LEFT JOIN work_item w ON w.dedupe_key = '${OFFER_MATTER}' || o.id AND w.state <> 'done' AND w.not_before <= $4
WHERE e.state IN ('waiting', 'offered')
  AND ($1::text IS NULL OR e.place IN ($1, '*', (SELECT 'town:' || v.town FROM venue v WHERE v.code = $1)))
  AND ($2::date IS NULL OR e.day_to >= $2::date) AND ($3::date IS NULL OR e.day_from <= $3::date)`;

const NUMBERS = /* sql */ `
count(*) FILTER (WHERE state = 'waiting')::int AS waiting, count(*) FILTER (WHERE state = 'offered')::int AS offered,
count(*) FILTER (WHERE call_due)::int AS "callsDue"`;

const COUNTS = /* sql */ `
WITH in_line AS (${IN_LINE}),
groups AS (
  SELECT venue_code AS "venueCode", town, product_code AS "productCode", dose_number AS "doseNumber", ${NUMBERS},
    min(joined_at) AS "earliestJoinedAt", min(joined_at) FILTER (WHERE state = 'waiting') AS "headJoinedAt",
    min(day_from) AS "from", max(day_to) AS "to"
  FROM in_line GROUP BY venue_code, town, product_code, dose_number),
kept AS (
  SELECT s.venue_code AS "venueCode", s.product_code AS "productCode", count(*)::int AS seats
  FROM kept_seat k JOIN slot s ON s.id = k.slot_id
  WHERE ($1::text IS NULL OR s.venue_code = $1) AND ($2::date IS NULL OR s.day >= $2::date)
    AND ($3::date IS NULL OR s.day <= $3::date)
  GROUP BY s.venue_code, s.product_code)
SELECT
  (SELECT jsonb_build_object('waiting', n.waiting, 'offered', n.offered, 'callsDue', n."callsDue",
      'groups', (SELECT count(*) FROM groups), 'keptSeats', (SELECT coalesce(sum(seats), 0) FROM kept))
    FROM (SELECT ${NUMBERS} FROM in_line) AS n) AS totals,
  (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(g)) ORDER BY g."headJoinedAt" NULLS LAST, g."earliestJoinedAt"), '[]')
    FROM (SELECT * FROM groups ORDER BY "headJoinedAt" NULLS LAST, "earliestJoinedAt" LIMIT ${MOST}) AS g) AS groups,
  (SELECT coalesce(jsonb_agg(to_jsonb(k) ORDER BY k."venueCode", k."productCode"), '[]')
    FROM (SELECT * FROM kept ORDER BY "venueCode", "productCode" LIMIT ${MOST}) AS k) AS "keptSeats"`;

const inUtc = (instant: string): string => new Date(instant).toISOString();

/** Everybody who waits, in numbers, and the seats on their way to the next of them; in one query. */
export async function countEntries(
  query: Query,
  { venueCode, from, to }: RequestOf<typeof countWaiting>,
  now: Date,
): Promise<Counts> {
  const [row] = await query<Counts>(COUNTS, [venueCode ?? null, from ?? null, to ?? null, now]);
  if (!row) throw new Error('a count without its row');
  return {
    ...row,
    groups: row.groups.map((group) => ({
      ...group,
      earliestJoinedAt: inUtc(group.earliestJoinedAt),
      ...(group.headJoinedAt === undefined ? {} : { headJoinedAt: inUtc(group.headJoinedAt) }),
    })),
  };
}

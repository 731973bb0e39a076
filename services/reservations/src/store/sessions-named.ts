import type { SessionChangeView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/** As many as a second person can look through; the count says how many there are. */
const SHOWN = 30;

type Named = SessionChangeView['sessions'][number];

/** Sessions by day with the names of their venues and products, and what is booked in them: the first of them. */
export async function sessionsNamed(query: Query, ids: readonly string[]): Promise<Named[]> {
  return query<Named>(
    `SELECT e.id AS "sessionId", e.venue_code AS "venueCode",
       json_build_object('ja', coalesce(v.name_ja, e.venue_code), 'en', coalesce(v.name_en, e.venue_code)) AS "venueName",
       e.day::text AS day,
       json_build_object('ja', coalesce(p.name_ja, e.product_code), 'en', coalesce(p.name_en, e.product_code))
         AS "productName",
       e.starts_at AS "startsAt", e.ends_at AS "endsAt",
       (SELECT coalesce(sum(s.booked), 0)::int FROM slot s WHERE s.session_id = e.id) AS booked
     FROM session e LEFT JOIN venue v ON v.code = e.venue_code LEFT JOIN product p ON p.code = e.product_code
     WHERE e.id = ANY($1::uuid[]) ORDER BY e.day, e.starts_at, e.id LIMIT ${SHOWN}`,
    [ids],
  );
}

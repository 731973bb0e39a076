import type { Query } from '@madoguchi/database';
import { VENUE_SHUT } from './slot-store.ts';

export type Reminder = {
  reservationId: string;
  residentId: string;
  doseNumber: number;
  date: string;
  version: number;
};

/**
 * Notes bookings whose day is near and gives those that were not noted before, each once for its day.
 * Who booked later than the reminder would have come needs none; who is to be called since their session was
 * closed is not called there by it.
 */
export const remindOf = (
  query: Query,
  due: { today: string; limit: number },
): Promise<Reminder[]> =>
  query<Reminder>(
    `WITH noted AS (
       INSERT INTO booking_reminder (reservation_id, day)
       SELECT r.id, s.day FROM reminder_setting n, slot s JOIN venue v ON v.code = s.venue_code
         JOIN reservation r ON r.slot_id = s.id
       WHERE s.day > $1::date AND s.day <= $1::date + n.days_before AND r.state = 'booked'
         AND NOT s.closed AND NOT ${VENUE_SHUT}
         AND r.booked_at < ((s.day - n.days_before)::timestamp AT TIME ZONE 'Asia/Tokyo')
         AND NOT EXISTS (SELECT 1 FROM booking_reminder b WHERE b.reservation_id = r.id AND b.day = s.day)
       ORDER BY r.id LIMIT $2
       ON CONFLICT DO NOTHING RETURNING reservation_id, day)
     SELECT r.id AS "reservationId", r.resident_id AS "residentId", r.dose_number AS "doseNumber",
       noted.day::text AS date, r.version
     FROM noted JOIN reservation r ON r.id = noted.reservation_id`,
    [due.today, due.limit],
  );

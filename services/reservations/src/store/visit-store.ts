import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';

/**
 * SQL: is it for the city to speak of who has copy `c` on day `day`? So it is for protected people, for whom the
 * registry has not told of, and for who is no resident on that day: the same rows of a day sheet have no name.
 */
export const isKeptBackOn = (day: string): string =>
  `(coalesce(c.refer, true) OR NOT EXISTS (
     SELECT 1 FROM jsonb_array_elements(c.residency) AS p
     WHERE (p->>'from')::date <= ${day} AND coalesce(${day} < (p->>'to')::date, true)))`;

/** A booking as the entrance of a venue has to know it, before anything of it is said. */
export type Visit = {
  reservationId: string;
  residentId: string;
  venueCode: string;
  date: CalendarDate;
  dateOfBirth: CalendarDate | null;
  keptBack: boolean;
};

/** The visit of a confirmation number. One look, whoever it is of: how long it takes tells nobody who that is. */
export async function visitBy(
  query: Query,
  confirmationNumber: string,
): Promise<Visit | undefined> {
  const [row] = await query<Visit>(
    `SELECT r.id AS "reservationId", r.resident_id AS "residentId", s.venue_code AS "venueCode", s.day::text AS date,
       c.date_of_birth::text AS "dateOfBirth", ${isKeptBackOn('s.day')} AS "keptBack"
     FROM reservation r JOIN slot s ON s.id = r.slot_id LEFT JOIN resident_copy c ON c.resident_id = r.resident_id
     WHERE r.confirmation_number = $1`,
    [confirmationNumber],
  );
  return row;
}

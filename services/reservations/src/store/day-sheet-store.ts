import type { Query } from '@madoguchi/database';
import type { BookingOfDay } from '../domain/day-sheet.ts';

export async function venueName(query: Query, venueCode: string): Promise<string | undefined> {
  const [row] = await query<{ name: string }>(`SELECT name_ja AS name FROM venue WHERE code = $1`, [
    venueCode,
  ]);
  return row?.name;
}

/** Who comes to a venue on a day, in the order of their times. */
export const bookingsOfDay = (
  query: Query,
  sheet: { venueCode: string; day: string },
): Promise<BookingOfDay[]> =>
  query<BookingOfDay>(
    `SELECT r.resident_id AS "residentId", s.starts_at AS "startsAt",
       r.confirmation_number AS "confirmationNumber", r.dose_number AS "doseNumber", p.name_ja AS "productName",
       r.party_id AS "partyId"
     FROM slot s JOIN reservation r ON r.slot_id = s.id JOIN product p ON p.code = s.product_code
     WHERE s.venue_code = $1 AND s.day = $2::date AND r.state IN ('booked', 'attended')
     ORDER BY s.starts_at, r.confirmation_number`,
    [sheet.venueCode, sheet.day],
  );

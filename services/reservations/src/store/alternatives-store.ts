import type { Channel } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { SlotRow } from './slot-store.ts';
import { openTo, SLOT } from './slot-store.ts';

/** Where a booking is now. */
export type Place = { doseNumber: number; slotId: string; venueCode: string; town: string };

export async function findPlace(
  query: Query,
  residentId: string,
  reservationId: string,
): Promise<Place | undefined> {
  const [row] = await query<Place>(
    `SELECT r.dose_number AS "doseNumber", r.slot_id AS "slotId", s.venue_code AS "venueCode", v.town
     FROM reservation r JOIN slot s ON s.id = r.slot_id JOIN venue v ON v.code = s.venue_code
     WHERE r.id = $1::uuid AND r.resident_id = $2::uuid AND r.state = 'booked'`,
    [reservationId, residentId],
  );
  return row;
}

/** Next free slots of each nearness (same venue, same town, elsewhere) on days of the form `day/product`. */
export async function findAlternatives(
  query: Query,
  place: Place,
  wanted: { days: readonly string[]; now: Date; channel: Channel; ofEach: number },
): Promise<SlotRow[]> {
  const near = ['v.code = $3', 'v.code <> $3 AND v.town = $4', 'v.town <> $4'];
  const parts = near.map(
    (where) => `(${SLOT} WHERE s.day || '/' || s.product_code = ANY($1::text[]) AND NOT s.closed
       AND s.opens_at <= $2 AND s.closes_at > $2 AND ${openTo(wanted.channel)} AND s.id <> $5::uuid AND ${where}
     ORDER BY s.day, s.starts_at, s.id LIMIT $6)`,
  );
  return query<SlotRow>(
    `SELECT * FROM (${parts.join(' UNION ALL ')}) near ORDER BY date, "startsAtTime", "slotId"`,
    [wanted.days, wanted.now, place.venueCode, place.town, place.slotId, wanted.ofEach],
  );
}

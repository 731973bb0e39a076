import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { VENUE_SHUT } from './slot-store.ts';
import { freeSeats, takeable } from './seat-search.ts';

/** Seats of one start and what became of its bookings. */
export type VenueDaySlotRow = {
  slotId: string;
  startsAt: string;
  productCode: string;
  closed: boolean;
  capacity: number;
  expected: number;
  attended: number;
  turnedBack: number;
  missed: number;
  walkInSeats: number;
};

/** A venue's day by start, in numbers; `walkInSeats` at `now`. */
export async function slotsOfVenueDay(
  query: Query,
  { venueCode, day }: { venueCode: string; day: CalendarDate },
  now: Date,
): Promise<VenueDaySlotRow[]> {
  return query<VenueDaySlotRow>(
    `SELECT s.id AS "slotId", s.starts_at AS "startsAt", s.product_code AS "productCode", (s.closed OR ${VENUE_SHUT}) AS closed,
       coalesce(s.target_capacity, s.capacity)::int AS capacity,
       count(r.id) FILTER (WHERE r.state = 'booked')::int AS expected,
       count(r.id) FILTER (WHERE r.state = 'attended')::int AS attended,
       count(r.id) FILTER (WHERE r.state = 'turned-back')::int AS "turnedBack",
       count(r.id) FILTER (WHERE r.state = 'missed')::int AS missed,
       CASE WHEN ${takeable('walk-in')} THEN greatest(${freeSeats('walk-in')}, 0) ELSE 0 END::int AS "walkInSeats"
     FROM slot s JOIN venue v ON v.code = s.venue_code
       LEFT JOIN reservation r ON r.slot_id = s.id AND r.state <> 'cancelled'
     WHERE s.venue_code = $2 AND s.day = $3::date
     GROUP BY s.id, v.code ORDER BY s.starts_at, s.product_code, s.id`,
    [now, venueCode, day],
  );
}

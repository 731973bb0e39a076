import type { Query } from '@madoguchi/database';
import type { FreeSlotsWanted } from './free-slot-store.ts';
import { findFree } from './free-slot-store.ts';
import type { SlotRow } from './slot-store.ts';

/** Where a booking is now. */
export type Place = {
  doseNumber: number;
  programmeCode: string;
  slotId: string;
  venueCode: string;
  town: string;
};

export async function findPlace(
  query: Query,
  residentId: string,
  reservationId: string,
): Promise<Place | undefined> {
  const [row] = await query<Place>(
    `SELECT r.dose_number AS "doseNumber", r.programme_code AS "programmeCode", r.slot_id AS "slotId", s.venue_code AS "venueCode", v.town
     FROM reservation r JOIN slot s ON s.id = r.slot_id JOIN venue v ON v.code = s.venue_code
     WHERE r.id = $1::uuid AND r.resident_id = $2::uuid AND r.state = 'booked'`,
    [reservationId, residentId],
  );
  return row;
}

export const NEARNESS = ['sameVenue', 'sameTown', 'elsewhere'] as const;
export type Alternatives = Record<(typeof NEARNESS)[number], SlotRow[]>;

/** The next free slots of each nearness to a place, without the slot of the place itself. */
export async function findAlternatives(
  query: Query,
  place: Place,
  wanted: Omit<FreeSlotsWanted, 'view' | 'venueCodes' | 'towns'> & { ofEach: number },
): Promise<Alternatives> {
  const { ofEach, ...search } = wanted;
  const venues = await query<{ code: string; town: string }>('SELECT code, town FROM venue');
  const codes = (which: (venue: { code: string; town: string }) => boolean): string[] =>
    venues.filter(which).map(({ code }) => code);
  const near: Record<(typeof NEARNESS)[number], string[]> = {
    sameVenue: [place.venueCode],
    sameTown: codes(({ code, town }) => code !== place.venueCode && town === place.town),
    elsewhere: codes(({ town }) => town !== place.town),
  };
  const found: Alternatives = { sameVenue: [], sameTown: [], elsewhere: [] };
  for (const nearness of NEARNESS) {
    const venueCodes = near[nearness];
    if (venueCodes.length === 0) continue;
    // One more than asked for, since the slot of the place may be among them.
    const rows = await findFree(
      query,
      { ...search, view: 'slots', venueCodes },
      { limit: ofEach + 1 },
    );
    found[nearness] = rows.filter(({ slotId }) => slotId !== place.slotId).slice(0, ofEach);
  }
  return found;
}

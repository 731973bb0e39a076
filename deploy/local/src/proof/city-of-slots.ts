import { openDatabase } from '@madoguchi/database';
import { addDays, systemClock, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import { seedAlone } from '@madoguchi/reservations/seed-demo/seed-alone';
import { MUNICIPALITY } from '@madoguchi/testing/test-tokens';
import { INSERT_RESIDENTS } from './callers.ts';

/** What a load runs on: the demo's programme, some of its slots, residents. */
export type City = {
  residents: readonly string[];
  /** Seats of each slot, all promised to the telephone. */
  seats: readonly number[];
};

const TAKE_SLOTS = /* sql */ `
UPDATE slot SET capacity = taken.seats, phone_quota = taken.seats, web_quota = 0, walk_in_quota = 0
FROM (
  SELECT s.id, ($2::int[])[row_number() OVER (ORDER BY s.day, s.starts_at, s.id)] AS seats
  FROM slot s WHERE s.day > $1::date ORDER BY s.day, s.starts_at, s.id LIMIT cardinality($2::int[])
) AS taken WHERE slot.id = taken.id RETURNING slot.id`;

/** Slots of today, where walk-ins come: one a venue, until midnight, whose seats are promised to nobody. */
const OPEN_TODAY = /* sql */ `
INSERT INTO slot (id, venue_code, product_code, day, starts_at, ends_at, capacity, phone_quota, opens_at, closes_at)
SELECT gen_random_uuid(), venue_code, product_code, $1::date, '23:50', '23:59', $2, 0, now() - interval '1 minute', $3
FROM (SELECT DISTINCT ON (venue_code) venue_code, product_code FROM slot) venues RETURNING id, venue_code AS "venueCode"`;

export type Place = { id: string; venueCode: string };

/** Fills an empty database of reservations. @returns ids of the slots */
export async function fillCity(ownerUrl: string, city: City): Promise<string[]> {
  return (await fillVenues(ownerUrl, city)).slots;
}

/** The same, with places for walk-ins. */
export async function fillVenues(
  ownerUrl: string,
  { residents, seats }: City,
): Promise<{ slots: string[]; places: Place[] }> {
  const database = openDatabase({
    url: ownerUrl,
    name: 'proof',
    prisma: () => ({ $disconnect: async () => undefined }),
  });
  try {
    const config = { MUNICIPALITY_CODE: MUNICIPALITY };
    await seedAlone({ database, clock: systemClock, config } as never);
    await database.read(INSERT_RESIDENTS, [residents]);
    const today = tokyoDate(new Date());
    const tomorrow = addDays(today, 1);
    const rows = await database.read<{ id: string }>(TAKE_SLOTS, [tomorrow, seats]);
    const midnight = tokyoInstant(tomorrow, '00:00');
    const places = await database.read<Place>(OPEN_TODAY, [today, residents.length, midnight]);
    return { slots: rows.map(({ id }) => id), places };
  } finally {
    await database.close();
  }
}

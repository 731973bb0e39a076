import { openDatabase } from '@madoguchi/database';
import { addDays, systemClock, tokyoDate } from '@madoguchi/kernel';
import { seedDemoProgramme } from '@madoguchi/reservations/seed-demo/seed-demo';
import { MUNICIPALITY } from '@madoguchi/testing/test-tokens';
import { INSERT_RESIDENTS } from './callers.ts';

/** What a load runs on: the demo's programme, some of its slots, residents. */
export type City = {
  residents: readonly string[];
  /** Seats of each slot, all promised to the telephone. */
  seats: readonly number[];
};

const TAKE_SLOTS = /* sql */ `
UPDATE slot SET capacity = taken.seats, phone_quota = taken.seats, web_quota = 0
FROM (
  SELECT s.id, ($2::int[])[row_number() OVER (ORDER BY s.day, s.starts_at, s.id)] AS seats
  FROM slot s WHERE s.day > $1::date ORDER BY s.day, s.starts_at, s.id LIMIT cardinality($2::int[])
) AS taken WHERE slot.id = taken.id RETURNING slot.id`;

/** Fills an empty database of reservations. @returns ids of the slots */
export async function fillCity(ownerUrl: string, { residents, seats }: City): Promise<string[]> {
  const database = openDatabase({
    url: ownerUrl,
    name: 'proof',
    prisma: () => ({ $disconnect: async () => undefined }),
  });
  try {
    const config = { MUNICIPALITY_CODE: MUNICIPALITY };
    await seedDemoProgramme({ database, clock: systemClock, config } as never);
    await database.read(INSERT_RESIDENTS, [residents]);
    const tomorrow = addDays(tokyoDate(new Date()), 1);
    return (await database.read<{ id: string }>(TAKE_SLOTS, [tomorrow, seats])).map(({ id }) => id);
  } finally {
    await database.close();
  }
}

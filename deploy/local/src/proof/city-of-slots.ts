import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import pg from 'pg';
import { INSERT_RESIDENTS } from './callers.ts';

/** What a load runs on: one venue, one product, rules for two doses, slots, residents. */
export type City = {
  residents: readonly string[];
  /** Seats of each slot, all promised to the telephone. */
  slots: readonly number[];
};

const BASICS = /* sql */ `
INSERT INTO product (code, name_ja, name_en) VALUES ('MDG-XA', '架空', 'invented');
INSERT INTO venue (code, name_ja, name_en, town, address)
  VALUES ('1312300011', '架空会場', 'invented venue', '船堀', '東京都江戸川区船堀４丁目');
INSERT INTO dose_rule (id, programme_code, dose_number, product_codes, valid_from, valid_to, age_from, month_overflow)
  VALUES (gen_random_uuid(), 'autumn', 1, ARRAY['MDG-XA'], '2020-01-01', '2100-01-01', 12, 'first-of-next')`;

const SLOTS = /* sql */ `
INSERT INTO slot (id, venue_code, product_code, day, starts_at, ends_at, capacity, phone_quota, web_quota, opens_at, closes_at)
SELECT id, '1312300011', 'MDG-XA', day, "startsAt", '23:59', seats, seats, 0, now() - interval '1 hour', "closesAt"
FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, day date, "startsAt" text, seats int, "closesAt" timestamptz)`;

const A_DAY = 60;

/** Fills an empty database of reservations. @returns ids of the slots, in the order of their seats */
export async function fillCity(ownerUrl: string, { residents, slots }: City): Promise<string[]> {
  const tomorrow = addDays(tokyoDate(new Date()), 1);
  const rows = slots.map((seats, index) => {
    const day = addDays(tomorrow, Math.floor(index / A_DAY));
    const startsAt = `10:${String(index % A_DAY).padStart(2, '0')}`;
    return { id: newId(), day, startsAt, seats, closesAt: tokyoInstant(day, startsAt) };
  });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(BASICS);
    await client.query(SLOTS, [JSON.stringify(rows)]);
    await client.query(INSERT_RESIDENTS, [residents]);
  } finally {
    await client.end();
  }
  return rows.map(({ id }) => id);
}

import { addDays, tokyoDate } from '@madoguchi/kernel';
import type { CalendarDate } from '@madoguchi/kernel';
import pg from 'pg';
import { say } from './with-service.ts';

export const VENUES = 300;
export const TOWNS = 40;
export const DAYS = 90;
/** Days from today on which next to nothing is left, and the first that nobody can book yet. */
const NEAR_DAYS = 30;
const NOT_OPEN_FROM = 75;
const PEOPLE = 4_000;
export const PRODUCTS = ['XA', 'XB'] as const;

export const venueCode = (index: number): string => String(1_312_300_000 + index);
export const townName = (index: number): string => `町${index % TOWNS}`;

const name = { ja: '架空', en: 'invented' };
export const ruleOf = (doseNumber: number, today: CalendarDate) => ({
  ruleCode: `bench-${doseNumber}`,
  programmeCode: 'bench',
  doseFrom: doseNumber,
  doseTo: doseNumber,
  productCodes: PRODUCTS,
  validFrom: addDays(today, -200),
  validTo: addDays(today, 200),
  ageJudgedOn: 'vaccination-day',
  ageFromMonths: 144,
  ageBelowMonths: null,
  bornFrom: null,
  bornTo: null,
  groupCode: null,
  previousDose: 'any',
  minimumDaysBetween: doseNumber === 1 ? null : 20,
  minimumMonths: null,
  monthOverflow: 'first-of-next',
  standardOffsetDays: null,
  oncePerProgramme: false,
  optional: false,
  source: null,
  confidence: null,
});

const rulebook = (today: CalendarDate) => ({
  version: 1,
  vaccines: PRODUCTS.map((vaccineCode) => ({ vaccineCode, name, disease: 'x' })),
  products: PRODUCTS.map((productCode) => ({
    productCode,
    name,
    vaccineCode: productCode,
    countsAsDoses: 1,
  })),
  programmes: [{ programmeCode: 'bench', name, series: { diseases: ['x'], productCodes: [] } }],
  doseRules: [ruleOf(1, today), ruleOf(2, today)],
  otherVaccineRules: [],
  priorityGroups: [],
});

/**
 * Slots of ten minutes from 9:00 to 16:30 without an hour at noon. In the first month two of a hundred have
 * a seat for the telephone, and one of five has some for the web alone; later ones are half taken, the
 * last not open yet. The hash keeps it the same from run to run.
 */
const FILL_SLOTS = `
INSERT INTO slot (id, venue_code, product_code, day, starts_at, ends_at, capacity, phone_quota, web_quota, booked,
  phone_taken, web_taken, opens_at, closes_at)
SELECT gen_random_uuid(), v.code, CASE WHEN v.code::bigint % 5 = 0 THEN 'XB' ELSE 'XA' END, $1::date + d,
  to_char(t, 'HH24:MI'), to_char(t + interval '10 minutes', 'HH24:MI'), 6, 3, 3, x.phone + x.web, x.phone, x.web,
  CASE WHEN d < $3 THEN now() - interval '1 day' ELSE now() + interval '7 days' END,
  (($1::date + d) + t::time) AT TIME ZONE 'Asia/Tokyo'
FROM venue v CROSS JOIN generate_series(0, $4 - 1) d
CROSS JOIN generate_series(timestamp '2000-01-01 09:00', timestamp '2000-01-01 16:20', interval '10 minutes') t
CROSS JOIN LATERAL (SELECT (hashtext(v.code || '/' || d || '/' || t) & 1023) AS h) r
CROSS JOIN LATERAL (
  SELECT CASE WHEN d < $2 THEN CASE WHEN h < 20 THEN 2 ELSE 3 END ELSE h % 4 END AS phone,
    CASE WHEN d < $2 THEN CASE WHEN h < 205 THEN 2 ELSE 3 END ELSE h / 4 % 4 END AS web) x
WHERE t::time < '12:00' OR t::time >= '13:00'`;

/** Half of the people have had their first dose ten days ago. */
const FILL_PEOPLE = `
WITH people AS (
  INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
  SELECT gen_random_uuid(), 1, date '1940-01-01' + n % 20000, '[{"from":"1940-01-01","to":null}]', false
  FROM generate_series(1, $1) n RETURNING resident_id
)
INSERT INTO dose_copy (dose_id, resident_id, version, dose_number, vaccination_date, product_code)
SELECT gen_random_uuid(), resident_id, 1, 1, $2::date - 10, 'XA'
FROM people WHERE hashtext(resident_id::text) % 2 = 0`;

/** 300 venues in 40 towns, 90 days, a million slots. */
export async function fillSlots(ownerUrl: string): Promise<void> {
  say('making a million slots');
  const today = tokyoDate(new Date());
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('INSERT INTO rulebook_copy (version, rules) VALUES (1, $1)', [
    JSON.stringify(rulebook(today)),
  ]);
  for (const code of PRODUCTS)
    await client.query('INSERT INTO product (code, name_ja, name_en) VALUES ($1, $1, $1)', [code]);
  for (let index = 0; index < VENUES; index += 1)
    await client.query(
      'INSERT INTO venue (code, name_ja, name_en, town, address) VALUES ($1, $2, $2, $3, $3)',
      [venueCode(index), `会場${index}`, townName(index)],
    );
  await client.query(FILL_SLOTS, [today, NEAR_DAYS, NOT_OPEN_FROM, DAYS]);
  await client.query(FILL_PEOPLE, [PEOPLE, today]);
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
  await client.end();
}

export type Asking = { residentId: string; doseNumber: number };

export async function everybodyAsking(ownerUrl: string): Promise<Asking[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<Asking>(
    `SELECT r.resident_id AS "residentId", CASE WHEN d.dose_id IS NULL THEN 1 ELSE 2 END AS "doseNumber"
     FROM resident_copy r LEFT JOIN dose_copy d USING (resident_id) ORDER BY r.resident_id`,
  );
  await client.end();
  return rows;
}

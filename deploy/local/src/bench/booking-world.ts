import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lane } from '@madoguchi/contracts';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import type { DoseRule } from '@madoguchi/reservations/domain/rulebook';
import { NO_RULES } from '@madoguchi/reservations/domain/rulebook';
import type { Call } from '@madoguchi/messaging';
import { OWNERS } from '@madoguchi/reservations/store/feed-store';
import { checkRecord } from '@madoguchi/testing/check-record';
import { recordCalls } from '@madoguchi/testing/record-calls';
import pg from 'pg';
import type { ServiceUnderTest } from './with-service.ts';
import { say, withService } from './with-service.ts';

export const CONNECTIONS = 64;
const PRODUCT = 'BENCH';
/** A rule that asks for nothing but its days. */
const ANYBODY = {
  ruleCode: 'bench-1',
  programmeCode: 'bench',
  doseFrom: 1,
  doseTo: 1,
  productCodes: [PRODUCT],
  ageJudgedOn: 'vaccination-day' as const,
  ageFromMonths: null,
  ageBelowMonths: null,
  bornFrom: null,
  bornTo: null,
  groupCode: null,
  previousDose: 'any' as const,
  minimumDaysBetween: null,
  minimumMonths: null,
  monthOverflow: 'first-of-next' as const,
  standardOffsetDays: null,
  oncePerProgramme: false,
  optional: false,
  source: null,
  confidence: null,
};

/** Runs work on the database of a bench as its owner. */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Places of a bench; all promised to the telephone unless said otherwise. */
export type Places = { venues: number; slots: number; capacity: number; phoneQuota?: number };

/** Ids of slots and residents, in the order they were made. */
export type BookingWorld = {
  slots: string[];
  residents: string[];
  /** Where a process of its own adds what it asked, before the work ends. */
  recordPath: string;
  /** The same call, written down. */
  record: (call: Call) => Call;
};

/** One product and one dose, for everybody from birth on. */
async function makeProgramme(client: pg.Client): Promise<void> {
  const today = tokyoDate(new Date());
  const name = { ja: '計測', en: 'Bench' };
  await client.query(`INSERT INTO product (code, name_ja, name_en) VALUES ($1, $2, $3)`, [
    PRODUCT,
    name.ja,
    name.en,
  ]);
  const rule: DoseRule = {
    ...ANYBODY,
    validFrom: today,
    validTo: addDays(today, 400),
  };
  const rules = {
    ...NO_RULES,
    version: 1,
    vaccines: [{ vaccineCode: PRODUCT, name, disease: 'bench' }],
    products: [{ productCode: PRODUCT, name, vaccineCode: PRODUCT, countsAsDoses: 1 }],
    programmes: [
      { programmeCode: 'bench', name, series: { diseases: ['bench'], productCodes: [] } },
    ],
    doseRules: [rule],
  };
  // Checked already: there is nothing to look through again.
  await client.query(
    `INSERT INTO rulebook_copy ("only", version, rules, checked_version) VALUES (true, 1, $1, 1)`,
    [JSON.stringify(rules)],
  );
  // Nobody is there to fill the copies from.
  await client.query('INSERT INTO copy_fill (owner) SELECT unnest($1::text[])', [OWNERS]);
}

async function makeSlots(client: pg.Client, places: Places): Promise<string[]> {
  const day = addDays(tokyoDate(new Date()), 30);
  await client.query(
    `INSERT INTO venue (code, name_ja, name_en, town, address)
     SELECT lpad(n::text, 10, '0'), '会場' || n, 'Venue ' || n, '船堀', '船堀' || n FROM generate_series(1, $1) n`,
    [places.venues],
  );
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO slot (id, venue_code, product_code, day, starts_at, ends_at, capacity, phone_quota, opens_at, closes_at)
     SELECT gen_random_uuid(), lpad((n % $1 + 1)::text, 10, '0'), $2, $3::date + (n / $1 / 500),
       to_char(time '09:00' + (n / $1 % 500) * interval '1 minute', 'HH24:MI'), '20:00', $4, $5, '-infinity', $6
     FROM generate_series(0, $7 - 1) n RETURNING id`,
    [
      places.venues,
      PRODUCT,
      day,
      places.capacity,
      places.phoneQuota ?? places.capacity,
      tokyoInstant(day, '09:00'),
      places.slots,
    ],
  );
  return rows.map(({ id }) => id);
}

async function makeResidents(client: pg.Client, count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     SELECT gen_random_uuid(), 1, date '1940-01-01' + n % 20000, '[{"from":"1940-01-01","to":null}]', false
     FROM generate_series(1, $1) n RETURNING resident_id AS id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/**
 * The reservations service in a process of its own, with a programme, places and people. What the work
 * asked is recorded, and checked from outside once it is over: `findings` beside its figures.
 */
export async function withBookings(
  size: { places: Places; residents: number; lanes?: readonly Lane[] },
  work: (under: ServiceUnderTest, world: BookingWorld) => Promise<Record<string, number>>,
): Promise<Record<string, number>> {
  const recordPath = join(tmpdir(), `madoguchi-bench-${newId()}.ndjson`);
  let world: Omit<BookingWorld, 'record'> = { slots: [], residents: [], recordPath };
  const prepare = (ownerUrl: string) =>
    asOwner(ownerUrl, async (client) => {
      await makeProgramme(client);
      const slots = await makeSlots(client, size.places);
      world = { slots, residents: await makeResidents(client, size.residents), recordPath };
      await client.query('ANALYZE');
      // What was loaded is on the disk before anything is measured.
      await client.query('CHECKPOINT');
    });
  const lanes = size.lanes ? { lanes: size.lanes } : {};
  return withService({ service: 'reservations', prepare, ...lanes }, async (under) => {
    const recorder = recordCalls(recordPath, { later: true });
    const figures = await work(
      { ...under, call: recorder.wrap(under.call) },
      { ...world, record: (call) => recorder.wrap(call) },
    );
    await recorder.close();
    const { findings } = await checkRecord(recordPath, under.ownerUrl);
    for (const finding of findings.slice(0, 20)) say(JSON.stringify(finding));
    await rm(recordPath);
    return { ...figures, findings: findings.length };
  });
}

/** More slots of one venue, the last of those it has: one a day, each for a round of its own. */
export const moreSlots = (ownerUrl: string, places: Places): Promise<string[]> =>
  asOwner(ownerUrl, async (client) => {
    const day = addDays(tokyoDate(new Date()), 200);
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO slot (id, venue_code, product_code, day, starts_at, ends_at, capacity, phone_quota, opens_at, closes_at)
       SELECT gen_random_uuid(), lpad($6::int::text, 10, '0'), $1, $2::date + n, '09:00', '09:10', $3, $3, '-infinity', $4
       FROM generate_series(1, $5) n RETURNING id`,
      [PRODUCT, day, places.capacity, tokyoInstant(day, '09:00'), places.slots, places.venues],
    );
    return rows.map(({ id }) => id);
  });

/** A caller ready to book: an operator's token and a grant for this one resident. */
export type Caller = { residentId: string; actorToken: string; grant: string };

/** A grant of its own for every resident, from the cases of a hundred operators. */
export async function makeCallers(
  { tokens }: ServiceUnderTest,
  residents: readonly string[],
): Promise<Caller[]> {
  const operators = await Promise.all(Array.from({ length: 100 }, () => tokens.actor('operator')));
  const callers: Caller[] = [];
  for (const [index, residentId] of residents.entries()) {
    const operator = operators[index % operators.length];
    if (!operator) throw new Error('no operator');
    const grant = await tokens.grant({
      operatorId: operator.id,
      residents: [residentId],
      purposes: ['reservation'],
    });
    callers.push({ residentId, actorToken: operator.token, grant });
  }
  return callers;
}

/** The same four rows as a booking, in one statement of its own: the limit that is measured against. */
const ONE_STATEMENT = `
WITH seat AS (
  UPDATE slot SET booked = booked + 1, phone_taken = phone_taken + 1
  WHERE id = $1 AND booked + held < capacity RETURNING id
), booking AS (
  INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state, channel,
    confirmation_number, booked_by, booked_at)
  SELECT $2, '131237', $3, 'bench', 2, seat.id, 'booked', 'phone', $4, 'limit', now() FROM seat RETURNING id
), fact AS (
  INSERT INTO relay.outbox (event_id, subject, aggregate_id, aggregate_version, payload, published_at)
  SELECT $5, 'bench', booking.id::text, 1, $6::jsonb, now() FROM booking
)
INSERT INTO bench_audit (entry) SELECT $6::jsonb FROM booking RETURNING seq`;

/**
 * Bookings a second of the bare statement over 64 connections, each caller one after the other.
 * @param slotOf which slot the n-th booking takes
 */
export async function statementLimit(
  ownerUrl: string,
  run: { seconds: number; slotOf: (turn: number) => string },
): Promise<number> {
  await asOwner(ownerUrl, (client) =>
    client.query(
      `CREATE TABLE IF NOT EXISTS bench_audit (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry jsonb NOT NULL)`,
    ),
  );
  const pool = new pg.Pool({ connectionString: ownerUrl, max: CONNECTIONS });
  const payload = JSON.stringify({
    id: newId(),
    at: new Date().toISOString(),
    actorId: newId(),
    role: 'operator',
    action: 'change',
    operation: 'reservations.book-slot',
    outcome: 'done',
    residents: [newId()],
    detail: { reservationId: newId(), slotId: newId(), dose: 1 },
  });
  let turn = 0;
  let booked = 0;
  const start = performance.now();
  const until = start + run.seconds * 1_000;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      turn += 1;
      const { rowCount } = await pool.query({
        name: 'one-statement',
        text: ONE_STATEMENT,
        values: [run.slotOf(turn), newId(), newId(), newId(), newId(), payload],
      });
      booked += rowCount ?? 0;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, caller));
  const seconds = (performance.now() - start) / 1_000;
  await pool.end();
  return booked / seconds;
}

/** Seats beyond capacity, residents booked twice for a dose, slots whose count is not their rows', who is booked. */
export const countFaults = (ownerUrl: string) =>
  asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ oversold: number; twice: number; astray: number }>(
      `WITH live AS (SELECT slot_id, count(*)::int AS count FROM reservation WHERE state = 'booked' GROUP BY 1)
       SELECT
         (SELECT coalesce(sum(greatest(live.count - s.capacity, 0)), 0)::int FROM slot s JOIN live ON live.slot_id = s.id) AS oversold,
         (SELECT count(*)::int FROM (SELECT 1 FROM reservation WHERE state = 'booked'
            GROUP BY resident_id, dose_number HAVING count(*) > 1) d) AS twice,
         (SELECT count(*)::int FROM slot s LEFT JOIN live ON live.slot_id = s.id WHERE s.booked <> coalesce(live.count, 0)) AS astray`,
    );
    const [found] = rows;
    if (!found) throw new Error('no counts');
    const live = await client.query<{ id: string }>(
      `SELECT resident_id AS id FROM reservation WHERE state = 'booked'`,
    );
    return { ...found, residents: new Set(live.rows.map(({ id }) => id)) };
  });

import { countAffectedBookings, findFreeSlots } from '@madoguchi/contracts';
import type { CatalogueEntry } from '@madoguchi/contracts';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import { MUNICIPALITY } from '@madoguchi/testing/test-tokens';
import { asOwner } from './booking-world.ts';
import { everybodyAsking, fillSlots, ruleOf } from './free-slots-world.ts';
import { percentile, rounded } from './statistics.ts';
import type { ServiceUnderTest } from './with-service.ts';
import { say, withService } from './with-service.ts';

const RESIDENTS = 700_000;
const BOOKINGS = 100_000;
const COUNTS = 5;
/** Searches a second by an operator who works meanwhile. */
const PER_S = 50;
const ALONE_S = 5;

/** The rest of the city; a third had a dose of the series long ago, whom the booking is the second of. */
const FILL_CITY = `
WITH people AS (
  INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
  SELECT gen_random_uuid(), 1, date '1930-01-01' + n % 29000, '[{"from":"1930-01-01","to":null}]', false
  FROM generate_series(1, $1) n RETURNING resident_id)
INSERT INTO dose_copy (dose_id, resident_id, version, dose_number, vaccination_date, product_code)
SELECT gen_random_uuid(), resident_id, 1, 1, $2::date - 100, 'XA'
FROM people WHERE hashtext(resident_id::text) % 3 = 0`;
const FILL_BOOKINGS = `
WITH slots AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM slot WHERE day > $3::date AND product_code = 'XA' ORDER BY id LIMIT $2),
  people AS (SELECT c.resident_id, row_number() OVER (ORDER BY c.resident_id) AS n, d.dose_id
    FROM resident_copy c LEFT JOIN dose_copy d USING (resident_id) ORDER BY c.resident_id LIMIT $2)
INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state, channel,
  confirmation_number, booked_by, booked_at)
SELECT gen_random_uuid(), $1, p.resident_id, 'bench', CASE WHEN p.dose_id IS NULL THEN 1 ELSE 2 END, s.id, 'booked',
  'phone', p.resident_id::text, 'bench', now() FROM people p JOIN slots s USING (n)`;

async function fillCity(ownerUrl: string): Promise<void> {
  await fillSlots(ownerUrl);
  say('making the rest of the city, and its bookings');
  const today = tokyoDate(new Date());
  await asOwner(ownerUrl, async (client) => {
    await client.query(FILL_CITY, [RESIDENTS, today]);
    await client.query(FILL_BOOKINGS, [MUNICIPALITY, BOOKINGS, today]);
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
  });
}

/** Asks for free slots at a pace until it is told to stop, and says how long each took. */
async function operatorAtWork(under: ServiceUnderTest) {
  const [person] = (await everybodyAsking(under.ownerUrl)).slice(0, 1);
  const operator = await under.tokens.actor('operator');
  if (!person) throw new Error('nobody asks');
  const grant = await under.tokens.grant({
    operatorId: operator.id,
    residents: [person.residentId],
    purposes: ['reservation'],
  });
  const from = addDays(tokyoDate(new Date()), 1);
  const search = { ...person, from, to: addDays(from, 27), view: 'slots' as const, limit: 50 };
  const times: number[] = [];
  const running: Promise<void>[] = [];
  const ask = async (): Promise<void> => {
    const start = performance.now();
    await under.call(findFreeSlots, search, { actorToken: operator.token, grant });
    times.push(performance.now() - start);
  };
  const timer = setInterval(() => running.push(ask()), 1_000 / PER_S);
  return async () => {
    clearInterval(timer);
    await Promise.all(running);
    return times;
  };
}

async function measure(under: ServiceUnderTest): Promise<Record<string, number>> {
  const city = { actorToken: (await under.tokens.actor('city-staff')).token };
  const today = tokyoDate(new Date());
  const row = { ...ruleOf(1, today), ageFromMonths: 480 };
  const entries = [{ kind: 'dose-rule', row }] as unknown as CatalogueEntry[];
  const counts: number[] = [];
  let toCall = 0;
  let bookings = 0;
  const countOnce = async (): Promise<void> => {
    const start = performance.now();
    const answer = await under.call(countAffectedBookings, { entries, version: 1 }, city);
    if (!answer.ok) throw new Error(answer.refusal.code);
    counts.push(performance.now() - start);
    ({ toCall, bookings } = answer.value);
  };
  say(`the operator alone for ${ALONE_S} s`);
  const stopAlone = await operatorAtWork(under);
  await new Promise((resolve) => setTimeout(resolve, ALONE_S * 1_000));
  const alone = await stopAlone();
  say(`${COUNTS} counts, one after the other`);
  for (let done = 0; done < COUNTS; done += 1) await countOnce();
  const quiet = counts.splice(0);
  say('the same with the operator at work');
  const stop = await operatorAtWork(under);
  for (let done = 0; done < COUNTS; done += 1) await countOnce();
  const beside = await stop();
  return {
    bookings,
    to_call: toCall,
    count_p50_s: rounded(percentile(quiet, 0.5) / 1_000),
    count_worst_s: rounded(Math.max(...quiet) / 1_000),
    count_beside_operator_p50_s: rounded(percentile(counts, 0.5) / 1_000),
    operator_p50_ms: rounded(percentile(alone, 0.5)),
    operator_p99_ms: rounded(percentile(alone, 0.99)),
    operator_during_count_p50_ms: rounded(percentile(beside, 0.5)),
    operator_during_count_p99_ms: rounded(percentile(beside, 0.99)),
  };
}

/** What a rule would do to a hundred thousand bookings in a city of 700,000, and what an operator notices of the count. */
export function affectedBookings(): Promise<Record<string, number>> {
  return withService({ service: 'reservations', prepare: fillCity }, measure);
}

import * as contract from '@madoguchi/contracts';
import { addDays, mondayOf, newId, tokyoDate } from '@madoguchi/kernel';
import { seedDemoCatalogue } from '@madoguchi/programme/seed-demo/seed-demo';
import { programme } from '@madoguchi/programme/service';
import { recheckReservations } from '@madoguchi/reservations/recheck-reservations/recheck-reservations';
import { seedAlone } from '@madoguchi/reservations/seed-demo/seed-alone';
import { reservations } from '@madoguchi/reservations/service';
import type { RunningService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupFrom40 } from './group.fixture.ts';

let world: TestWorld;
let booking: RunningService;
let city: { actorToken: string };
const today = tokyoDate(new Date());
const reason = '区の通知により改める';
const key = () => ({ ...city, idempotencyKey: newId() });
const sql = <Row>(text: string, values: unknown[] = []) =>
  world.sql<Row>('reservations', text, values);
const say = <T>(answer: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};

/**
 * People of all ages, some about to move away, one of five with a dose of before, with a booking each on a
 * slot of the demo, every fifth for the second dose; seats are counted as bookings do.
 */
const FILL = `
UPDATE slot SET capacity = 100, phone_quota = 100, web_quota = 0, staff_quota = 0, walk_in_quota = 0;
WITH people AS (
  INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
  SELECT gen_random_uuid(), 1, current_date - (n * 37) % 33000, jsonb_build_array(jsonb_build_object('from', '1920-01-01',
    'to', CASE WHEN n % 23 = 0 THEN current_date + 15 END)), n % 10 = 0
  FROM generate_series(1, 900) n RETURNING resident_id),
numbered AS (SELECT resident_id, row_number() OVER (ORDER BY resident_id) AS n FROM people),
doses AS (
  INSERT INTO dose_copy (dose_id, resident_id, version, dose_number, vaccination_date, product_code)
  SELECT gen_random_uuid(), resident_id, 1, 1, current_date - 5, 'MDG-XA' FROM numbered WHERE n % 5 = 0),
slots AS (SELECT id, row_number() OVER (ORDER BY day, venue_code, starts_at) AS n FROM slot WHERE day > current_date + 1)
INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state, channel,
  confirmation_number, booked_by, booked_at)
SELECT gen_random_uuid(), '${MUNICIPALITY}', resident_id, 'autumn', CASE WHEN n.n % 5 = 0 THEN 2 ELSE 1 END, s.id,
  'booked', 'phone', resident_id::text, 'test', now()
FROM numbered n JOIN slots s ON s.n = 1 + (n.n * 7) % (SELECT max(n) FROM slots);
UPDATE slot s SET booked = r.n, phone_taken = r.n
FROM (SELECT slot_id, count(*) AS n FROM reservation GROUP BY slot_id) r WHERE r.slot_id = s.id`;

beforeAll(async () => {
  world = await testWorld();
  const owner = await world.start(programme);
  booking = await world.start(reservations);
  city = { actorToken: (await world.actor('city-staff')).token };
  await seedDemoCatalogue(owner.runtime);
  await told((await rules()).version);
  await seedAlone(booking.runtime);
  for (const statement of FILL.split(';\n')) await sql(statement);
  await recheckNow();
});
afterAll(() => world.stop());

const rules = async () => say(await world.call(contract.listRules, {}, city));
const told = (version: number) =>
  eventually(`version ${version} at reservations`, async () => {
    const rows = await sql<{ version: number }>('SELECT version FROM rulebook_copy');
    return rows[0]?.version === version;
  });
/** Rechecks without waiting for those who booked by the former rules: here is nobody. */
const recheckNow = async () => {
  await sql(`UPDATE rulebook_copy SET told_at = now() - interval '1 minute'`);
  await recheckReservations(booking.runtime)();
};

const ruleOf = async (code: string) => {
  const found = (await rules()).doseRules.find((rule) => rule.ruleCode === code);
  if (!found) throw new Error(code);
  return found;
};
const count = async (entries: contract.CatalogueEntry[]) =>
  say(
    await world.call(
      contract.countAffectedBookings,
      { entries, version: (await rules()).version },
      city,
    ),
  );

type Item = { id: string; reason: string; venue: string; day: string };
const liveItems = () =>
  sql<Item>(
    `SELECT id, reason, venue_code AS venue, day::text AS day FROM work_item
     WHERE kind IN ('rules-changed', 'callback') AND state <> 'done' ORDER BY id`,
  );
const tally = (keys: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const one of keys) counts.set(one, (counts.get(one) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => a.localeCompare(b)));
};

/** Counts, saves, rechecks, and compares what came on the worklist and went off it. */
const foretold = async (
  entries: contract.CatalogueEntry[],
  save: () => Promise<{ version: number }>,
) => {
  const before = await liveItems();
  const counted = await count(entries);
  expect(await liveItems()).toEqual(before);
  const { version } = await save();
  await told(version);
  await recheckNow();
  const after = await liveItems();
  const known = new Set(before.map(({ id }) => id));
  const added = after.filter(({ id }) => !known.has(id));
  const kept = after.length - added.length;
  expect(counted).toMatchObject({
    toCall: added.length,
    alreadyToCall: kept,
    allowedAgain: before.length - kept,
    onClosingDays: 0,
    bookings: 900,
  });
  expect(Object.fromEntries(counted.byReason.map((one) => [one.reason, one.count]))).toEqual(
    tally(added.map((item) => item.reason)),
  );
  expect(
    Object.fromEntries(
      counted.byVenueWeek.map((one) => [`${one.venueCode}|${one.weekOf}`, one.count]),
    ),
  ).toEqual(tally(added.map(({ venue, day }) => `${venue}|${mondayOf(day as never)}`)));
  return counted;
};
const putRule = async (code: string, changes: Partial<contract.DoseRule>) => {
  const { revision, ...row } = await ruleOf(code);
  const rule = { ...row, ...changes };
  return foretold([{ kind: 'dose-rule', row: rule }], async () =>
    say(await world.call(contract.putDoseRule, { rule, revision, reason }, key())),
  );
};

describe('what is counted before a row is saved is what comes on the worklist', () => {
  it('of a rule changed from a day on', async () => {
    const { revision, ...row } = await ruleOf('autumn-1');
    const day = addDays(today, 14);
    const next: contract.DoseRule = {
      ...row,
      ruleCode: 'autumn-1-old',
      validFrom: day,
      ageFromMonths: 65 * 12,
    };
    const counted = await foretold(
      [
        { kind: 'dose-rule', row: { ...row, validTo: day } },
        { kind: 'dose-rule', row: next },
      ],
      async () =>
        say(
          await world.call(
            contract.changeFromDay,
            { code: 'autumn-1', revision, next: { kind: 'dose-rule', row: next }, reason },
            key(),
          ),
        ),
    );
    expect(counted.toCall).toBeGreaterThan(50);
    expect(counted.byReason[0]).toMatchObject({
      reason: 'age_not_eligible',
      sentence: { ja: expect.any(String), en: expect.any(String) },
    });
    // Nobody's id, name or birth date is in the answer.
    expect(JSON.stringify(counted)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/u);
  });

  it('of a rule that is corrected, of one that asks for more days, and of one that ends', async () => {
    expect((await putRule('autumn-1', { ageFromMonths: 240 })).toCall).toBeGreaterThan(0);
    expect((await putRule('autumn-2', { minimumDaysBetween: 40 })).byReason).toMatchObject([
      { reason: 'dose_interval_too_short' },
    ]);
    expect((await putRule('autumn-2', { validTo: addDays(today, 35) })).byReason).toMatchObject([
      { reason: 'programme_not_active' },
    ]);
  });

  it('of one that is lenient again: who is allowed again goes off it', async () => {
    const counted = await putRule('autumn-1', { ageFromMonths: null });
    expect(counted).toMatchObject({ toCall: 0, byReason: [], byVenueWeek: [] });
    expect(counted.allowedAgain).toBeGreaterThan(0);
    const second = { minimumDaysBetween: 0, validTo: addDays(today, 150) };
    expect((await putRule('autumn-2', second)).allowedAgain).toBeGreaterThan(0);
  });

  it('of a group with an opening day', async () => {
    const group = groupFrom40(addDays(today, 10));
    const counted = await foretold([{ kind: 'priority-group', row: group }], async () =>
      say(await world.call(contract.putPriorityGroup, { group, revision: 0, reason }, key())),
    );
    expect(counted.byReason.map((one) => one.reason).toSorted()).toEqual([
      'not_in_priority_group',
      'priority_group_not_open',
    ]);
    const ended = { ...group, validTo: '2020-01-01' };
    await foretold([{ kind: 'priority-group', row: ended }], async () =>
      say(
        await world.call(contract.putPriorityGroup, { group: ended, revision: 1, reason }, key()),
      ),
    );
  });

  it('of a product whose doses count twice, and of a vaccine against something else', async () => {
    const { products, vaccines } = await rules();
    const [{ revision, ...product }] = products as [(typeof products)[number]];
    const twice = { ...product, countsAsDoses: 2 };
    const counted = await foretold([{ kind: 'product', row: twice }], async () =>
      say(await world.call(contract.putProduct, { product: twice, revision, reason }, key())),
    );
    expect(counted.byReason.map((one) => one.reason)).toEqual(['already_vaccinated']);
    const [{ revision: read, ...vaccine }] = vaccines as [(typeof vaccines)[number]];
    const other = { ...vaccine, disease: 'something-else' };
    await foretold([{ kind: 'vaccine', row: other }], async () =>
      say(await world.call(contract.putVaccine, { vaccine: other, revision: read, reason }, key())),
    );
  });
});

describe('who was called about it and keeps the booking', () => {
  it('is not counted, and not called, again for the same', async () => {
    const [one] = await liveItems();
    if (!one) throw new Error('nobody is on the worklist');
    await sql(
      `UPDATE work_item SET state = 'done', outcome = 'kept', finished_at = now() WHERE id = $1`,
      [one.id],
    );
    const before = await liveItems();
    // Nothing that matters to them changes.
    expect(await putRule('autumn-2', { confidence: '通知による' })).toMatchObject({ toCall: 0 });
    expect(await liveItems()).toEqual(before);
    await sql(
      `UPDATE work_item SET state = 'open', outcome = NULL, finished_at = NULL WHERE id = $1`,
      [one.id],
    );
  });
});

describe('a closing day of a venue', () => {
  it('is counted by what list-sessions shows as to be closed then', async () => {
    const { venues, version } = say(await world.call(contract.listProgrammeVenues, {}, city));
    const [{ revision, ...row }] = venues as [(typeof venues)[number]];
    const days = [addDays(today, 9), addDays(today, 17)];
    const venue = { ...row, closedDays: days };
    const counted = await count([{ kind: 'venue', row: venue }]);
    const saved = say(await world.call(contract.putVenue, { venue, revision, reason }, key()));
    expect(saved.version).toBe(version + 1);
    await told(saved.version);
    const { sessions } = say(
      await world.call(
        contract.listSessions,
        { venueCode: venue.venueCode, from: today, to: addDays(today, 60), limit: 100 },
        city,
      ),
    );
    const toBeClosed = sessions.filter((one) => one.toBeClosed);
    const booked = toBeClosed.reduce((sum, one) => sum + one.booked, 0);
    expect(booked).toBeGreaterThan(0);
    expect(counted).toMatchObject({
      onClosingDays: booked,
      byReason: [{ reason: 'venue_closed_on_day', count: booked }],
    });
    expect(counted.byVenueWeek.map((one) => one.weekOf)).toEqual([...new Set(days.map(mondayOf))]);
    // Said again, it would close nothing more.
    expect(await count([{ kind: 'venue', row: venue }])).toMatchObject({ onClosingDays: 0 });
  });
});

type Listed = contract.ReplyOf<typeof contract.listRules>['products'][number];
/** The demo's second venue, put with changes that are counted first, and its sessions from then on. */
const venueChanged = async (changes: (venue: contract.Venue) => Partial<contract.Venue>) => {
  const { venues } = say(await world.call(contract.listProgrammeVenues, {}, city));
  const [, { revision, ...row }] = venues as [unknown, (typeof venues)[number]];
  const venue = { ...row, ...changes(row) };
  const counted = await count([{ kind: 'venue', row: venue }]);
  await told(say(await world.call(contract.putVenue, { venue, revision, reason }, key())).version);
  // Said again, it would hit nobody more.
  expect(await count([{ kind: 'venue', row: venue }])).toMatchObject({
    ofProductsTakenOff: 0,
    outsideHours: 0,
    byReason: [],
  });
  const asked = { venueCode: venue.venueCode, from: addDays(today, 1), to: addDays(today, 60) };
  const { sessions } = say(await world.call(contract.listSessions, { ...asked, limit: 200 }, city));
  return { row, counted, sessions };
};

describe('hours of a venue that are shortened', () => {
  it('count by what list-sessions marks as outside, and leave every booking and seat', async () => {
    const before = await sql('SELECT id, state FROM reservation ORDER BY id');
    const { row, counted, sessions } = await venueChanged(({ openingHours }) => ({
      openingHours: openingHours.map((one) =>
        one.opens < '12:00' ? { ...one, opens: '11:00' } : { ...one, closes: '15:30' },
      ),
    }));
    const marked = sessions.flatMap(({ outsideHours }) => outsideHours ?? []);
    expect(marked).toHaveLength(sessions.filter((one) => one.state === 'open').length);
    const booked = marked.reduce((sum, one) => sum + one.booked, 0);
    expect(booked).toBeGreaterThan(0);
    expect(booked).toBeLessThan(sessions.reduce((sum, one) => sum + one.booked, 0));
    expect(counted).toMatchObject({
      outsideHours: booked,
      ofProductsTakenOff: 0,
      onClosingDays: 0,
      byReason: [{ reason: 'session_outside_hours', count: booked }],
    });
    expect(sessions.every((one) => one.toBeClosed === undefined)).toBe(true);
    expect(await sql('SELECT id, state FROM reservation ORDER BY id')).toEqual(before);
    // As long as they were, nothing is marked.
    const longer = await venueChanged(() => ({ openingHours: row.openingHours }));
    expect(longer.counted).toMatchObject({ outsideHours: 0, byReason: [] });
    expect(longer.sessions.flatMap(({ outsideHours }) => outsideHours ?? [])).toEqual([]);
  });
});

describe('a product that is taken off a venue', () => {
  it('is counted by the bookings that come on the worklist when its sessions are closed', async () => {
    const [{ revision: _, ...known }] = (await rules()).products as [Listed];
    const product = { ...known, productCode: 'MDG-XB' };
    await told(
      say(await world.call(contract.putProduct, { product, revision: 0, reason }, key())).version,
    );
    const { counted, sessions } = await venueChanged(() => ({
      productCodes: [product.productCode],
    }));
    const hit = sessions.filter((one) => one.toBeClosed === 'product-not-given');
    expect(hit.length).toBeGreaterThan(0);
    const items = async () => {
      const rows = await sql(`SELECT 1 FROM work_item WHERE kind = 'session-closed'`);
      return rows.length;
    };
    expect(await items()).toBe(0);
    const stepUpAt = Math.floor(Date.now() / 1000);
    const closer = { actorToken: (await world.actor('city-staff', { stepUpAt })).token };
    for (const { sessionId } of hit)
      say(
        await world.call(
          contract.closeSession,
          {
            sessionId,
            reason: 'vaccine-shortage',
            emergency: { explanation: '会場が扱わなくなったワクチンの枠を閉じるため' },
          },
          { ...closer, idempotencyKey: newId() },
        ),
      );
    const called = await items();
    expect(called).toBeGreaterThan(0);
    expect(counted).toMatchObject({
      ofProductsTakenOff: called,
      onClosingDays: 0,
      outsideHours: 0,
      byReason: [{ reason: 'product_not_allowed', count: called }],
    });
    expect(counted.byVenueWeek.reduce((sum, one) => sum + one.count, 0)).toBe(called);
  });
});

describe('the count', () => {
  it('is not made by a copy that is older than what was read, nor for others', async () => {
    const { revision: _, ...row } = await ruleOf('autumn-1');
    const entries: contract.CatalogueEntry[] = [{ kind: 'dose-rule', row }];
    const { version } = await rules();
    expect(
      await world.call(contract.countAffectedBookings, { entries, version: version + 1 }, city),
    ).toMatchObject({ refusal: { code: 'copy_stale', details: { version } } });
    for (const role of ['operator', 'venue-staff', 'auditor'] as const) {
      const { token } = await world.actor(role);
      expect(
        await world.call(
          contract.countAffectedBookings,
          { entries, version },
          { actorToken: token },
        ),
      ).toMatchObject({ refusal: { code: 'not_allowed' } });
    }
    for (const strange of [[], [{ kind: 'dose-rule', row: {} }], [{ kind: 'slot', row }]])
      expect(
        await world.call(
          contract.countAffectedBookings,
          { entries: strange as never, version },
          city,
        ),
      ).toMatchObject({ refusal: { code: 'malformed_request' } });
  });

  it('is in the log with its sums', async () => {
    const [last] = await sql<{ detail: object }>(
      `SELECT entry->'detail' AS detail FROM relay.audit_entry
       WHERE entry->>'operation' = 'reservations.count-affected-bookings' ORDER BY position DESC LIMIT 1`,
    );
    expect(last?.detail).toMatchObject({ bookings: 900, toCall: 0 });
  });
});

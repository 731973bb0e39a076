import * as contract from '@madoguchi/contracts';
import { addDays, newId, systemClock, tokyoDate } from '@madoguchi/kernel';
import { loadHistorical } from '@madoguchi/programme/load-historical/load-historical';
import { seedDemoCatalogue } from '@madoguchi/programme/seed-demo/seed-demo';
import { programme } from '@madoguchi/programme/service';
import { fillCatalogue } from '@madoguchi/reservations/copies/fill-catalogue';
import { recheckReservations } from '@madoguchi/reservations/recheck-reservations/recheck-reservations';
import { seedAlone } from '@madoguchi/reservations/seed-demo/seed-alone';
import { reservations } from '@madoguchi/reservations/service';
import type { RunningService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { groupFrom40 } from './group.fixture.ts';

let world: TestWorld;
let owner: RunningService;
let booking: RunningService;
let city: { actorToken: string };
let late = 0;
const clock = { now: () => new Date(Date.now() + late) };
const today = tokyoDate(new Date());
const who = {
  municipalityCode: MUNICIPALITY,
  actorId: 'test',
  role: 'service' as const,
  correlationId: newId(),
};
const reason = '区の通知により改める';
const key = () => ({ ...city, idempotencyKey: newId() });

const copied = (version: number) =>
  eventually(`version ${version} at reservations`, async () => {
    const rows = await world.sql<{ version: number }>(
      'reservations',
      'SELECT version FROM rulebook_copy',
    );
    return rows[0]?.version === version;
  });

beforeAll(async () => {
  world = await testWorld({ clock });
  owner = await world.start(programme);
  booking = await world.start(reservations);
  city = { actorToken: (await world.actor('city-staff')).token };
  await seedDemoCatalogue(owner.runtime);
  const { version } = await loadHistorical({
    database: owner.runtime.database,
    clock: systemClock,
    who,
  });
  await copied(version);
  await seedAlone(booking.runtime);
});
afterAll(() => world.stop());
afterEach(() => {
  late = 0;
});

const resident = async (): Promise<string> => {
  const id = newId();
  await world.sql(
    'reservations',
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     VALUES ($1, 1, '1980-05-05', '[{"from":"1980-05-05","to":null}]', false)`,
    [id],
  );
  return id;
};
const serving = async (residentId: string) => {
  const operator = await world.actor('operator');
  const grant = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: ['reservation'],
    caseId: newId(),
  });
  return { actorToken: operator.token, grant, idempotencyKey: newId() };
};
const slotOn = async (day: string): Promise<string> => {
  const [row] = await world.sql<{ id: string }>(
    'reservations',
    'SELECT id FROM slot WHERE day = $1 AND booked = 0 ORDER BY id LIMIT 1',
    [day],
  );
  if (!row) throw new Error(`no slot on ${day}`);
  return row.id;
};
const book = async (residentId: string, doseNumber: number, day: string) =>
  world.call(
    contract.bookSlot,
    { residentId, doseNumber, slotId: await slotOn(day) },
    await serving(residentId),
  );
/** Puts the demo's rule of a dose with changes, and waits until reservations knows. */
const changeRule = async (ruleCode: string, changes: Partial<contract.DoseRule>) => {
  const listed = await world.call(contract.listRules, {}, city);
  if (!listed.ok) throw new Error(listed.refusal.code);
  const found = listed.value.doseRules.find((rule) => rule.ruleCode === ruleCode);
  if (!found) throw new Error(ruleCode);
  const { revision, ...rule } = found;
  const put = await world.call(
    contract.putDoseRule,
    { rule: { ...rule, ...changes }, revision, reason },
    key(),
  );
  if (!put.ok) throw new Error(put.refusal.code);
  await copied(put.value.version);
};

describe('a rule put at programme', () => {
  it('refuses and allows bookings at reservations, for the day of vaccination', async () => {
    const residentId = await resident();
    await changeRule('autumn-1', { ageFromMonths: 80 * 12 });
    // Old enough in 2060, when the dose will long not be on offer: no day is told.
    expect(await book(residentId, 1, addDays(today, 7))).toEqual({
      ok: false,
      refusal: { code: 'age_not_eligible' },
    });
    await changeRule('autumn-1', { ageFromMonths: 12 * 12 });
    expect(await book(residentId, 1, addDays(today, 7))).toMatchObject({ ok: true });
  });

  it('of a priority group with an opening day refuses until that day, and says which', async () => {
    const opensOn = addDays(today, 10);
    const group = groupFrom40(opensOn);
    const put = await world.call(contract.putPriorityGroup, { group, revision: 0, reason }, key());
    if (!put.ok) throw new Error(put.refusal.code);
    await copied(put.value.version);
    const residentId = await resident();
    expect(await book(residentId, 1, addDays(today, 9))).toMatchObject({
      refusal: { code: 'priority_group_not_open', details: { earliest: opensOn } },
    });
    expect(await book(residentId, 1, opensOn)).toMatchObject({ ok: true });
    const ended = await world.call(
      contract.putPriorityGroup,
      { group: { ...group, validTo: '2020-01-01' }, revision: 1, reason },
      key(),
    );
    if (!ended.ok) throw new Error(ended.refusal.code);
    await copied(ended.value.version);
  });

  it('leaves bookings that it would refuse as they are, and has their people called', async () => {
    const residentId = await resident();
    const booked = await book(residentId, 1, addDays(today, 12));
    if (!booked.ok) throw new Error(booked.refusal.code);
    const { reservationId } = booked.value;
    await changeRule('autumn-1', { validTo: addDays(today, 11) });
    const items = () =>
      world.sql<{ state: string; reason: string; outcome: string | null }>(
        'reservations',
        `SELECT state, reason, outcome FROM work_item WHERE reservation_id = $1`,
        [reservationId],
      );
    // Not at once: whoever read the former rules may still be booking by them.
    await recheckReservations(booking.runtime)();
    expect(await items()).toEqual([]);
    late = 60_000;
    await recheckReservations(booking.runtime)();
    await recheckReservations(booking.runtime)();
    expect(await items()).toEqual([
      { state: 'open', reason: 'programme_not_active', outcome: null },
    ]);
    const [row] = await world.sql('reservations', 'SELECT state FROM reservation WHERE id = $1', [
      reservationId,
    ]);
    expect(row).toEqual({ state: 'booked' });
    await changeRule('autumn-1', { validTo: addDays(today, 150) });
    late = 120_000;
    await recheckReservations(booking.runtime)();
    expect(await items()).toMatchObject([{ state: 'done', outcome: 'allowed-again' }]);
  });

  it('has everybody called, page by page, and goes on where a run was cut off', async () => {
    const day = addDays(today, 13);
    const slotId = await slotOn(day);
    await world.sql(
      'reservations',
      `WITH people AS (
         INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
         SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 1, '1980-05-05',
           '[{"from":"1980-05-05","to":null}]', false
         FROM generate_series(1, 450) AS n RETURNING resident_id)
       INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
         channel, confirmation_number, booked_by, booked_at)
       SELECT gen_random_uuid(), $1, resident_id, 'autumn', 1, $2::uuid, 'booked', 'phone',
         resident_id::text, 'test', now() FROM people`,
      [MUNICIPALITY, slotId],
    );
    await changeRule('autumn-1', { validTo: day });
    const called = async () => {
      const [row] = await world.sql<{ n: number }>(
        'reservations',
        `SELECT count(*)::int AS n FROM work_item WHERE day = $1 AND state = 'open'`,
        [day],
      );
      return row?.n;
    };
    late = 180_000;
    await recheckReservations(booking.runtime)();
    expect(await called()).toBe(450);
    await world.sql('reservations', 'DELETE FROM work_item');
    await world.sql(
      'reservations',
      `UPDATE rulebook_copy SET checked_version = version - 1,
         checked_up_to = '00000000-0000-7000-8000-000000000250'`,
    );
    await Promise.all([1, 2].map(() => recheckReservations(booking.runtime)()));
    expect(await called()).toBe(200);
    await changeRule('autumn-1', { validTo: addDays(today, 150) });
  });

  it('told twice, late or out of order ends the same', async () => {
    const before = await world.sql('reservations', 'SELECT version, rules FROM rulebook_copy');
    await world.sql('programme', 'UPDATE relay.outbox SET published_at = NULL');
    await world.sql('reservations', 'DELETE FROM relay.inbox');
    await eventually('an empty outbox', async () => {
      const waiting = await world.sql(
        'programme',
        'SELECT 1 FROM relay.outbox WHERE published_at IS NULL',
      );
      return waiting.length === 0;
    });
    expect(await world.sql('reservations', 'SELECT version, rules FROM rulebook_copy')).toEqual(
      before,
    );
  });

  it('comes by snapshot to reservations that start from nothing', async () => {
    const before = await world.sql('reservations', 'SELECT version, rules FROM rulebook_copy');
    await world.sql('reservations', 'DELETE FROM rulebook_copy');
    await world.sql('reservations', `DELETE FROM copy_fill WHERE owner = 'programme'`);
    await fillCatalogue(booking.runtime)();
    expect(await world.sql('reservations', 'SELECT version, rules FROM rulebook_copy')).toEqual(
      before,
    );
  });
});

describe('a history against COVID-19', () => {
  it('neither blocks nor fulfils the first dose of a programme against something else', async () => {
    const residentId = await resident();
    for (const doseNumber of [1, 2, 3])
      await world.sql(
        'reservations',
        `INSERT INTO dose_copy VALUES ($1, $2, 1, $3, $4, 'PFIZER_12UP')`,
        [newId(), residentId, doseNumber, `202${doseNumber}-06-01`],
      );
    expect(await book(residentId, 2, addDays(today, 30))).toMatchObject({
      refusal: { code: 'dose_out_of_order' },
    });
    expect(await book(residentId, 1, addDays(today, 7))).toMatchObject({ ok: true });
    expect(await book(residentId, 2, addDays(today, 28))).toMatchObject({ ok: true });
  });
});

describe('trying the rules', () => {
  const ask = {
    dateOfBirth: '1980-01-01',
    doses: [
      { productCode: 'PFIZER_12UP', date: '2021-04-01' },
      { productCode: 'PFIZER_12UP', date: '2021-03-01' },
      { productCode: 'INFLUENZA', date: '2022-10-30' },
      { productCode: 'PFIZER_12UP', date: '2022-11-30' },
    ],
    productCode: 'OMICRON_BIVALENT',
    date: '2023-02-28',
  };
  it('gives every reason, the first day and the rows used, of nobody', async () => {
    const operator = await world.actor('operator');
    const answer = await world.call(contract.tryRules, ask, { actorToken: operator.token });
    expect(answer).toMatchObject({
      ok: true,
      value: {
        eligible: false,
        doseNumber: 4,
        reasons: [
          {
            code: 'dose_interval_too_short',
            earliest: '2023-03-01',
            sentence: { ja: expect.stringContaining('令和5年3月1日'), en: expect.any(String) },
          },
        ],
        rule: { ruleCode: 'autumn-2022-3-months', minimumMonths: 3, confidence: 'sure' },
        otherVaccineRules: [{ ruleCode: 'influenza' }],
      },
    });
    const [audited] = await world.sql<{ n: number }>(
      'reservations',
      `SELECT count(*)::int AS n FROM relay.audit_entry WHERE entry->>'operation' = 'reservations.try-rules'`,
    );
    expect(audited).toEqual({ n: 0 });
  });

  it('refuses what is no day of ours, and whom it is not for', async () => {
    const operator = { actorToken: (await world.actor('operator')).token };
    const strange = [
      { ...ask, dateOfBirth: '0000-01-01' },
      { ...ask, date: '9999-12-31' },
      { ...ask, date: '2023-02-30' },
      { ...ask, residentId: newId() },
      { ...ask, doses: Array.from({ length: 21 }, () => ask.doses[0]) },
    ];
    for (const request of strange)
      expect(await world.call(contract.tryRules, request as never, operator)).toMatchObject({
        refusal: { code: 'malformed_request' },
      });
    const reviewer = { actorToken: (await world.actor('reviewer')).token };
    expect(await world.call(contract.tryRules, ask, reviewer)).toMatchObject({
      refusal: { code: 'not_allowed' },
    });
  });
});

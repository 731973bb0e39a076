import * as contract from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { weekdayOf } from '../domain/allowed-days.ts';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { reservations } from '../service.ts';
import { PHONE_AND_WEB } from '../store/reservations-world.fixture.ts';

type Request = Parameters<typeof contract.findFreeSlots.request.parse>[0] extends unknown
  ? Partial<contract.RequestOf<typeof contract.findFreeSlots>>
  : never;

let world: TestWorld;
let service: RunningService;
let residentId: string;
const today = tokyoDate(new Date());
const day = (offset: number): CalendarDate => addDays(today, offset);

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(reservations);
  await seedAlone(service.runtime);
  await world.sql('reservations', PHONE_AND_WEB);
  residentId = await resident();
});
afterAll(() => world.stop());

const sql = <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.sql<Row>('reservations', text, values);
async function resident(): Promise<string> {
  const id = newId();
  await sql(
    `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
     VALUES ($1, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false)`,
    [id],
  );
  return id;
}
async function serving(of: string, role: 'operator' | 'city-staff' = 'operator') {
  const actor = await world.actor(role);
  const grant = await world.grant({
    operatorId: actor.id,
    role,
    residents: [of],
    purposes: ['reservation'],
  });
  return { actorToken: actor.token, grant };
}
const ask = (request: Request, me: Awaited<ReturnType<typeof serving>>) =>
  world.call(
    contract.findFreeSlots,
    { residentId, doseNumber: 1, from: day(1), to: day(20), ...request },
    me,
  );
async function find(request: Request, role: 'operator' | 'city-staff' = 'operator') {
  const answer = await ask(request, await serving(residentId, role));
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
}
/** Everything taken, open since yesterday, nothing closed. */
const takeAll = () =>
  sql(
    `UPDATE slot SET phone_quota = 3, web_quota = 3, capacity = 6, booked = 6, held = 0, phone_taken = 3,
       web_taken = 3, closed = false, opens_at = now() - interval '1 day'`,
  );
const free = (which: string, channel: 'phone' | 'web' = 'phone') =>
  sql(
    `UPDATE slot SET booked = booked - 1, ${channel}_taken = ${channel}_taken - 1 WHERE ${which}`,
  );

type Row = {
  id: string;
  venueCode: string;
  town: string;
  productCode: string;
  day: CalendarDate;
  startsAt: string;
  bookable: boolean;
  free: number;
};
/** The slots themselves, counted without the column that the search goes by. */
const everySlot = () =>
  sql<Row>(
    `SELECT s.id, s.venue_code AS "venueCode", v.town, s.product_code AS "productCode", s.day::text AS day,
       s.starts_at AS "startsAt", NOT s.closed AND s.opens_at <= now() AND s.closes_at > now() AS bookable,
       CASE WHEN s.phone_taken < s.phone_quota THEN s.phone_quota - s.phone_taken ELSE 0 END + s.capacity
         - (SELECT sum(greatest(q, t)) FROM unnest(ARRAY[s.phone_quota, s.web_quota, s.staff_quota, s.walk_in_quota],
             ARRAY[s.phone_taken, s.web_taken, s.staff_taken, s.walk_in_taken]) AS c(q, t))::int AS free
     FROM slot s JOIN venue v ON v.code = s.venue_code`,
  );
const inOrder = (a: Row, b: Row): number =>
  `${a.day}${a.startsAt}${a.id}` < `${b.day}${b.startsAt}${b.id}` ? -1 : 1;
const KEYS: Record<contract.FreeSlotView, (row: Row) => unknown> = {
  slots: (row) => row.id,
  'next-by-venue': (row) => row.venueCode,
  'next-by-town': (row) => row.town,
  'next-by-product': (row) => row.productCode,
  'next-by-weekday': (row) => weekdayOf(row.day),
};
function oracle(slots: readonly Row[], asked: Request): string[] {
  const fits = slots.filter(
    (row) =>
      row.bookable &&
      row.free > 0 &&
      row.day >= (asked.from ?? '') &&
      row.day <= (asked.to ?? '') &&
      (asked.venueCodes?.includes(row.venueCode) ?? true) &&
      (asked.towns?.includes(row.town) ?? true) &&
      (asked.weekdays?.includes(weekdayOf(row.day) ?? 'sun') ?? true) &&
      row.startsAt >= (asked.timeFrom ?? '') &&
      row.startsAt < (asked.timeTo ?? '99'),
  );
  const seen = new Set<unknown>();
  return fits
    .toSorted(inOrder)
    .filter((row) => {
      const key = KEYS[asked.view ?? 'slots'](row);
      return !seen.has(key) && seen.add(key);
    })
    .map((row) => row.id);
}

describe('a search', () => {
  it('finds what a plain look at every slot finds, page by page, whatever is asked', async () => {
    await sql(
      `WITH r AS (SELECT id, hashtext(id::text) & 1023 AS h FROM slot)
       UPDATE slot s SET phone_taken = h % 4, web_taken = (h / 4) % 4, booked = h % 4 + (h / 4) % 4,
         phone_quota = 2, web_quota = 2, capacity = 6, closed = h % 7 = 0,
         opens_at = now() + CASE WHEN h % 11 = 0 THEN interval '1 day' ELSE interval '-1 day' END
       FROM r WHERE r.id = s.id AND h % 4 + (h / 4) % 4 <= 6`,
    );
    // What would close while the searches run closes now.
    await sql(
      `UPDATE slot SET closes_at = opens_at + interval '12 hours' WHERE closes_at < now() + interval '1 hour'`,
    );
    const slots = await everySlot();
    const venues = [...new Set(slots.map((row) => row.venueCode))];
    const towns = [...new Set(slots.map((row) => row.town))];
    const some = <T>(from: readonly T[]) =>
      fc.option(fc.subarray([...from], { minLength: 1 }), { nil: undefined });
    const TIMES = ['09:00', '10:30', '13:00', '16:20'];
    const times = fc
      .subarray(TIMES, { minLength: 2, maxLength: 2 })
      .chain(([timeFrom, timeTo]) =>
        fc.record(
          { timeFrom: fc.constant(timeFrom), timeTo: fc.constant(timeTo) },
          { requiredKeys: [] },
        ),
      );
    const searches = fc.record({
      view: fc.constantFrom(...contract.FREE_SLOT_VIEWS),
      range: fc.tuple(fc.nat(20), fc.nat(8)),
      venueCodes: some(venues),
      towns: some(towns),
      weekdays: some(contract.WEEKDAYS),
      times,
      limit: fc.integer({ min: 1, max: 100 }),
    });
    const me = await serving(residentId);
    let found = 0;
    await fc.assert(
      fc.asyncProperty(searches, async ({ range: [first, length], times: within, ...rest }) => {
        const asked = { ...rest, ...within, from: day(first), to: day(first + length) };
        const expected = oracle(slots, asked);
        const got: string[] = [];
        let cursor: string | undefined;
        do {
          const answer = await ask({ ...asked, ...(cursor === undefined ? {} : { cursor }) }, me);
          if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
          got.push(...answer.value.slots.map((slot) => slot.slotId));
          cursor = answer.value.nextCursor;
        } while (cursor !== undefined && got.length < 300);
        found += got.length;
        expect(got).toEqual(expected.slice(0, got.length));
        if (cursor === undefined) expect(got).toHaveLength(expected.length);
      }),
      { numRuns: 120 },
    );
    expect(found).toBeGreaterThan(100);
  });
});

describe('a search for another day of a booking', () => {
  it('leaves that booking out, and none but a live one of the same person', async () => {
    await takeAll();
    await free('true');
    await free('true');
    const person = await resident();
    const me = await serving(person);
    const command = () => ({ ...me, idempotencyKey: newId() });
    const range = { residentId: person, doseNumber: 1, from: day(1), to: day(20) };
    const search = (movingReservationId?: string) =>
      world.call(contract.findFreeSlots, { ...range, movingReservationId }, me);
    const first = await search();
    const slotId = first.ok ? (first.value.slots[0]?.slotId ?? '') : '';
    const booked = await world.call(
      contract.bookSlot,
      { residentId: person, doseNumber: 1, slotId },
      command(),
    );
    if (!booked.ok) throw new Error(JSON.stringify(booked.refusal));
    expect(await search()).toMatchObject({
      value: { slots: [], reasons: [{ code: 'already_booked' }] },
    });
    const { reservationId } = booked.value;
    const moving = await search(reservationId);
    expect(moving).toMatchObject({ value: { reasons: [] } });
    expect(moving.ok && moving.value.slots.length).toBeGreaterThan(1);
    const refused = { refusal: { code: 'reservation_not_found' } };
    expect(await search(newId())).toMatchObject(refused);
    const other = await resident();
    const theirs = { ...range, residentId: other, movingReservationId: reservationId };
    expect(await world.call(contract.findFreeSlots, theirs, await serving(other))).toMatchObject(
      refused,
    );
    const cancel = { residentId: person, reservationId, reason: 'own-wish' } as const;
    expect(await world.call(contract.cancelReservation, cancel, command())).toMatchObject({
      ok: true,
    });
    expect(await search(reservationId)).toMatchObject(refused);
  });
});

describe('a cursor (B50)', () => {
  it('serves its own search and nobody else', async () => {
    await takeAll();
    await free('true');
    const me = await serving(residentId);
    const first = await ask({ limit: 2 }, me);
    const cursor = first.ok ? (first.value.nextCursor ?? '') : '';
    expect(await ask({ limit: 2, cursor }, me)).toMatchObject({ ok: true });
    const refused = { ok: false, refusal: { code: 'malformed_request' } };
    const bent = `${cursor.slice(0, -2)}${cursor.endsWith('A') ? 'BB' : 'AA'}`;
    for (const bad of [bent, '', 'x', `${cursor}.x`, `${day(1)}09:00${newId()}`])
      expect(await ask({ limit: 2, cursor: bad }, me)).toMatchObject(refused);
    expect(await ask({ limit: 2, cursor }, await serving(residentId))).toMatchObject(refused);
    expect(await ask({ limit: 2, cursor, to: day(30) }, me)).toMatchObject(refused);
    const other = await resident();
    const theirs = await world.call(
      contract.findFreeSlots,
      { residentId: other, doseNumber: 1, from: day(1), to: day(20), limit: 2, cursor },
      await serving(other),
    );
    expect(theirs).toMatchObject(refused);
  });
  it.each([
    { limit: 1_000_000_000 },
    { limit: -1 },
    { from: day(3), to: day(2) },
    { to: day(400) },
    { timeFrom: '10:00', timeTo: '09:00' },
    { venueCodes: [] },
    { weekdays: ['someday' as 'sun'] },
  ])('nor are limits left out: %j', async (request) =>
    expect(await ask(request, await serving(residentId))).toMatchObject({
      refusal: { code: 'malformed_request' },
    }),
  );
});

describe('nothing free', () => {
  beforeEach(takeAll);
  const codes = async (request: Request = {}, role?: 'city-staff') => {
    const { slots, reasons } = await find(request, role);
    expect(slots).toEqual([]);
    return reasons.map((reason) => reason.code);
  };

  it('because every seat is taken', async () => {
    expect(await codes()).toEqual(['slot_full']);
    await free(`day = '${day(25)}'`);
    expect(await codes()).toEqual(['slot_full']);
  });
  it('because what is left was promised to another channel', async () => {
    await free(`day = '${day(5)}' AND starts_at = '10:00'`, 'web');
    expect(await codes()).toEqual(['channel_quota_reached']);
    expect(await codes({ timeFrom: '11:00' })).toEqual(['slot_full']);
    const { reasons } = await find({});
    expect(reasons[0]?.sentence.ja).toContain('電話');
    expect((await find({}, 'city-staff')).reasons[0]?.sentence.ja).toContain('窓口');
  });
  it('because nothing is open yet, with the time when it will be', async () => {
    await sql(
      `UPDATE slot SET booked = 0, phone_taken = 0, web_taken = 0, opens_at = now() + interval '3 days'`,
    );
    expect(await codes()).toEqual(['slot_not_open']);
    const { nextOpening } = await find({});
    const days = (Date.parse(nextOpening ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(2.99);
    expect(days).toBeLessThan(3.01);
  });
  it('because near days are full and later ones not open yet', async () => {
    await sql(`UPDATE slot SET opens_at = now() + interval '3 days' WHERE day > $1`, [day(10)]);
    expect(await codes()).toEqual(['slot_full', 'slot_not_open']);
  });
  it('because the sessions were closed', async () => {
    await sql(`UPDATE slot SET booked = 0, phone_taken = 0, web_taken = 0, closed = true`);
    expect(await codes()).toEqual(['slot_closed']);
  });
  it('because there is no session', async () => {
    expect(await codes({ from: day(60), to: day(70) })).toEqual(['slot_not_planned']);
    expect(await codes({ timeFrom: '20:00' })).toEqual(['slot_not_planned']);
    expect(await codes({ towns: ['どこにもない町'] })).toEqual(['slot_not_planned']);
  });
  it('because the rules allow no day: then nothing is said of seats', async () => {
    expect(await codes({ doseNumber: 2 })).toEqual(['dose_out_of_order']);
    expect(await codes({ doseNumber: 9 })).toEqual(['programme_not_active']);
  });
});

describe('the index of open slots', () => {
  it('is left alone by a booking, but for the last seat of a channel', async () => {
    await sql(
      `UPDATE slot SET phone_quota = 3, web_quota = 3, capacity = 6, booked = 0, phone_taken = 0, web_taken = 0`,
    );
    await sql('VACUUM FULL slot');
    const moved = async (): Promise<number> => {
      const [row] = await sql<{ moved: number }>(
        `SELECT (n_tup_upd - n_tup_hot_upd)::int AS moved FROM pg_stat_user_tables WHERE relname = 'slot'`,
      );
      return row?.moved ?? Number.NaN;
    };
    const take = async (count: number): Promise<number> => {
      const before = await moved();
      await sql(
        `UPDATE slot SET booked = booked + $1, phone_taken = phone_taken + $1
         WHERE starts_at = '10:00'`,
        [count],
      );
      return (await moved()) - before;
    };
    expect(await take(1)).toBe(0);
    expect(await take(2)).toBe(4 * 42);
  });
});

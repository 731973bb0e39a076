import * as contract from '@madoguchi/contracts';
import {
  addDays,
  cp932Table,
  encodeCp932,
  formatEraDate,
  newId,
  tokyoDate,
} from '@madoguchi/kernel';
import { seedDemoCatalogue } from '@madoguchi/programme/seed-demo/seed-demo';
import { programme } from '@madoguchi/programme/service';
import type { RegistryWorld } from '@madoguchi/registry/store/registry-world.fixture';
import { csv, PEOPLE, registryWorld } from '@madoguchi/registry/store/registry-world.fixture';
import { recheckReservations } from '@madoguchi/reservations/recheck-reservations/recheck-reservations';
import { seedAlone } from '@madoguchi/reservations/seed-demo/seed-alone';
import { reservations } from '@madoguchi/reservations/service';
import type { RunningService } from '@madoguchi/service';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listedGroup } from './group.fixture.ts';

// Register, programme and reservations as they are, each behind its own key.
let world: RegistryWorld;
let booking: RunningService;
let city: { actorToken: string };
let late = 0;
const clock = { now: () => new Date(Date.now() + late) };
const today = tokyoDate(new Date());
const inDays = (days: number) => addDays(today, days);
const REASON = '医師会の名簿により改める';
const key = () => ({ ...city, idempotencyKey: newId() });
const ADULTS = ['11', '12', '13', '14', '15', '16', '17', '18'];
const number = (last: string): string => last.padStart(10, '0');

const group = (changes: Partial<contract.PriorityGroup>) =>
  listedGroup({ opensOn: inDays(3), bookableFrom: inDays(-2), ...changes });
const revisions = new Map<string, number>();
const putGroup = async (changes: Partial<contract.PriorityGroup>): Promise<void> => {
  const row = group(changes);
  const revision = revisions.get(row.groupCode) ?? 0;
  const put = await world.call(
    contract.putPriorityGroup,
    { group: row, revision, reason: REASON },
    key(),
  );
  if (!put.ok) throw new Error(put.refusal.code);
  revisions.set(row.groupCode, put.value.revision);
  await eventually('the catalogue at reservations', async () => {
    const [copy] = await world.sql<{ version: number }>(
      'reservations',
      'SELECT version FROM rulebook_copy',
    );
    return copy?.version === put.value.version;
  });
};

beforeAll(async () => {
  world = await registryWorld(clock);
  const adults = ADULTS.map(
    (last) =>
      `${number(last)},架空　太郎,カクウ タロウ,1,1980-05-0${last.at(-1)},,東京都江戸川区平井１丁目,,,,,,,,`,
  );
  await world.importText(csv([...PEOPLE, ...adults]));
  const owner = await world.start(programme);
  booking = await world.start(reservations);
  city = { actorToken: (await world.actor('city-staff')).token };
  await seedDemoCatalogue(owner.runtime);
  await eventually('all copies', async () => {
    const rows = await world.sql('reservations', 'SELECT 1 FROM resident_copy');
    return rows.length === PEOPLE.length + ADULTS.length;
  });
  await putGroup({});
  await seedAlone(booking.runtime);
});
afterAll(() => world.stop());

const serving = async (
  residents: string[],
  purpose: contract.Purpose = 'reservation',
  role: contract.Role = 'operator',
) => {
  const actor = await world.actor(role);
  const grant = await world.grant({
    operatorId: actor.id,
    role,
    residents,
    purposes: [purpose],
    caseId: newId(),
  });
  return { actorToken: actor.token, grant, idempotencyKey: newId() };
};
const applying = (residentId: string, role: contract.Role = 'city-staff') =>
  serving([residentId], 'application', role);
const slotOn = async (day: string): Promise<string> => {
  const [row] = await world.sql<{ id: string }>(
    'reservations',
    'SELECT id FROM slot WHERE day = $1 AND booked + held = 0 ORDER BY id LIMIT 1',
    [day],
  );
  if (!row) throw new Error(`no slot on ${day}`);
  return row.id;
};
const book = async (residentId: string, day: string) =>
  world.call(
    contract.bookSlot,
    { residentId, doseNumber: 1, slotId: await slotOn(day) },
    await serving([residentId]),
  );
const HEADER = '宛名番号,生年月日,区分コード,開始日,最終日,所属';
const line = (last: string, rest = 'workers,,,本院') =>
  `${number(last)},S55.5.${last.at(-1)},${rest}`;
type Options = { dryRun?: boolean; whole?: boolean };
const importing = (rows: readonly string[], options: Options & { cp932?: boolean } = {}) => {
  const { cp932 = false, dryRun = false, whole = false } = options;
  const text = [HEADER, ...rows, ''].join('\r\n');
  const bytes = cp932 ? encodeCp932(text, cp932Table()).bytes : Buffer.from(`\ufeff${text}`);
  const fileBase64 = Buffer.from(bytes).toString('base64');
  const asked = { fileBase64, dryRun, whole, source: '医師会名簿', reason: REASON };
  return world.call(contract.importGroupMembers, asked, key());
};
const states = async (): Promise<number> =>
  (await world.sql('reservations', 'SELECT 1 FROM group_member_change')).length;
const itemsOf = (reservationId: string) =>
  world.sql<{ state: string; reason: string; outcome: string | null }>(
    'reservations',
    'SELECT state, reason, outcome FROM work_item WHERE reservation_id = $1',
    [reservationId],
  );
const recheck = async (): Promise<void> => {
  late = 60_000;
  await recheckReservations(booking.runtime)();
  late = 0;
};

describe('a list of people of a priority group', () => {
  it('lets those on it book, and nobody else, for days of vaccination on which it has them', async () => {
    const [one = '', other = ''] = await Promise.all(
      ['11', '12'].map((n) => world.idOf(number(n))),
    );
    expect(await book(one, inDays(5))).toMatchObject({
      refusal: { code: 'not_in_priority_group' },
    });
    const rows = [line('11'), line('13', `workers,${today},${inDays(10)},分院`)];
    const dry = await importing(rows, { dryRun: true, cp932: true });
    expect(dry).toMatchObject({
      value: { encoding: 'cp932', rows: 2, entered: 2, refused: [], ignoredColumns: ['所属'] },
    });
    expect(await states()).toBe(0);
    expect(await importing(rows)).toMatchObject({ value: { encoding: 'utf-8', entered: 2 } });
    // The same again, in the other encoding: nothing is news.
    expect(await importing(rows, { cp932: true })).toMatchObject({
      value: { entered: 0, changed: 0, unchanged: 2 },
    });
    expect(await states()).toBe(2);
    expect(await book(one, inDays(2))).toMatchObject({
      refusal: { code: 'priority_group_not_open', details: { earliest: inDays(3) } },
    });
    expect(await book(one, inDays(3))).toMatchObject({ ok: true });
    expect(await book(other, inDays(5))).toMatchObject({
      refusal: { code: 'not_in_priority_group' },
    });
    const third = await world.idOf(number('13'));
    expect(await book(third, inDays(11))).toMatchObject({
      refusal: { code: 'not_in_priority_group' },
    });
    expect(await book(third, inDays(10))).toMatchObject({ ok: true });
  });

  it('is taken whole or not at all, with every fault by line and what to do', async () => {
    const before = await states();
    const answer = await importing([
      line('14'),
      line('14'),
      line('15', 'nowhere,,,'),
      line('99'),
      `${number('15')},1990-01-01,workers,,,`,
      `,S64.1.9,workers,2026-02-30,,`,
      line('16', `workers,${inDays(9)},${inDays(8)},`),
      line('17', `workers,,${inDays(-1)},`),
      'short',
    ]);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value).toMatchObject({ rows: 9, entered: 0, changed: 0 });
    const places = answer.value.refused.map((fault) => `${fault.line} ${fault.column}`);
    expect(places).toEqual([
      '3 宛名番号',
      '4 区分コード',
      '5 宛名番号',
      '6 生年月日',
      '7 宛名番号',
      '7 生年月日',
      '7 開始日',
      '8 最終日',
      '9 最終日',
      '10 ',
    ]);
    for (const { reason } of answer.value.refused)
      expect(reason).toMatch(/ください|載せられません/u);
    expect(JSON.stringify(answer.value)).not.toMatch(/1990|nowhere|0000000099/u);
    expect(await states()).toBe(before);
  });

  it('that is no such file, or has no reason, is refused as one', async () => {
    for (const text of ['', '宛名番号,生年月日\r\n', `${HEADER}\r\n"1`, `${HEADER},宛名番号\r\n`]) {
      const fileBase64 = Buffer.from(text).toString('base64');
      const asked = { fileBase64, dryRun: false, whole: false, source: '名簿', reason: REASON };
      expect(await world.call(contract.importGroupMembers, asked, key())).toMatchObject({
        refusal: { code: 'import_refused' },
      });
      expect(
        await world.call(contract.importGroupMembers, { ...asked, reason: '短い' }, key()),
      ).toMatchObject({ refusal: { code: 'reason_too_short' } });
    }
  });

  it('takes protected people like others, and tells nobody that they are', async () => {
    const [protectedPerson, dead] = [PEOPLE[1], PEOPLE[4]].map((row) => row?.slice(0, 10));
    const rows = [`${protectedPerson},1980-02-29,workers,,,`, `${dead},1940-01-01,workers,,,`];
    expect(await importing(rows)).toMatchObject({ value: { entered: 2, refused: [] } });
  });
});

describe('a change of a list', () => {
  it('of one person is made in an application, and their bookings are checked anew', async () => {
    const residentId = await world.idOf(number('14'));
    const entered = { residentId, groupCode: 'workers', source: '本人の申請', reason: REASON };
    const enter = async (from = today, lastDay: string | null = null) =>
      world.call(
        contract.enterGroupMember,
        { ...entered, from, lastDay },
        await applying(residentId),
      );
    const end = async (lastDay: string) =>
      world.call(
        contract.endGroupMember,
        { residentId, groupCode: 'workers', lastDay, reason: REASON },
        await applying(residentId),
      );
    expect(await end(today)).toMatchObject({ refusal: { code: 'membership_not_found' } });
    expect(await enter()).toMatchObject({ value: { revision: 1 } });
    const booked = await book(residentId, inDays(6));
    if (!booked.ok) throw new Error(booked.refusal.code);
    const { reservationId } = booked.value;
    expect(await end(inDays(5))).toMatchObject({ value: { revision: 2 } });
    expect(await end(inDays(6))).toMatchObject({
      refusal: { code: 'membership_ends_earlier', details: { lastDay: inDays(5) } },
    });
    await recheckReservations(booking.runtime)();
    // Not at once: whoever read the list as it was may still be booking by it.
    expect(await itemsOf(reservationId)).toEqual([]);
    await recheck();
    expect(await itemsOf(reservationId)).toEqual([
      { state: 'open', reason: 'not_in_priority_group', outcome: null },
    ]);
    const listed = await world.call(
      contract.listMemberships,
      { residentId },
      await applying(residentId),
    );
    expect(listed).toMatchObject({
      value: {
        memberships: [
          {
            groupCode: 'workers',
            name: { ja: '医療従事者等' },
            from: today,
            lastDay: inDays(5),
            source: '本人の申請',
            reason: REASON,
            revision: 2,
          },
        ],
      },
    });
    expect(await enter()).toMatchObject({ value: { revision: 3 } });
    await recheck();
    expect(await itemsOf(reservationId)).toMatchObject([
      { state: 'done', outcome: 'allowed-again' },
    ]);
    // Taken back as if they had never been on it.
    expect(await end(inDays(-30))).toMatchObject({ ok: true });
    const none = await world.call(
      contract.listMemberships,
      { residentId },
      await applying(residentId),
    );
    expect(none).toEqual({ ok: true, value: { memberships: [] } });
    const [row] = await world.sql('reservations', 'SELECT state FROM reservation WHERE id = $1', [
      reservationId,
    ]);
    expect(row).toEqual({ state: 'booked' });
  });

  it('by a whole list ends who is not in it from today on', async () => {
    const residentId = await world.idOf(number('15'));
    expect(await importing([line('15')])).toMatchObject({ value: { entered: 1 } });
    const booked = await book(residentId, inDays(7));
    if (!booked.ok) throw new Error(booked.refusal.code);
    const whole = [line('11'), line('16')];
    const dry = await importing(whole, { whole: true, dryRun: true });
    if (!dry.ok) throw new Error(dry.refusal.code);
    expect(dry.value).toMatchObject({ entered: 1, unchanged: 1, ended: 4 });
    expect(await importing(whole, { whole: true })).toEqual(dry);
    expect(await importing(whole, { whole: true })).toMatchObject({
      value: { entered: 0, changed: 0, unchanged: 2, ended: 0 },
    });
    await recheck();
    expect(await itemsOf(booked.value.reservationId)).toMatchObject([
      { state: 'open', reason: 'not_in_priority_group' },
    ]);
    const counted = await world.call(contract.listListedGroups, {}, city);
    expect(counted).toMatchObject({
      value: { groups: [{ groupCode: 'workers', members: 2, ending: 0, ahead: 0 }] },
    });
  });

  it('is for city staff, in an application; and what is kept and told elsewhere names no list', async () => {
    const residentId = await world.idOf(number('16'));
    const operator = { actorToken: (await world.actor('senior-operator')).token };
    const refused = { refusal: { code: 'not_allowed' } };
    expect(await world.call(contract.listListedGroups, {}, operator)).toMatchObject(refused);
    expect(
      await world.call(
        contract.listMemberships,
        { residentId },
        await applying(residentId, 'senior-operator'),
      ),
    ).toMatchObject(refused);
    const people = [{ addresseeNumber: number('16'), dateOfBirth: '1980-05-06' }];
    expect(await world.call(contract.matchAddressees, { people }, operator)).toMatchObject(refused);
    expect(
      await world.call(
        contract.listMemberships,
        { residentId },
        await serving([residentId], 'reservation', 'city-staff'),
      ),
    ).toMatchObject({ refusal: { code: 'purpose_not_allowed' } });
    for (const service of ['reservations', 'registry']) {
      const entries = await world.sql<{ entry: { operation: string; residents: string[] } }>(
        service,
        `SELECT entry FROM relay.audit_entry WHERE entry->>'operation' LIKE '%group-member%'
           OR entry->>'operation' LIKE '%memberships' OR entry->>'operation' LIKE '%match-addressees'`,
      );
      expect(entries.length).toBeGreaterThan(3);
      expect(entries.some(({ entry }) => entry.residents.includes(residentId))).toBe(true);
      expect(JSON.stringify(entries)).not.toMatch(/workers|医師会|医療/u);
    }
    const told = await world.sql(
      'reservations',
      `SELECT 1 FROM relay.outbox WHERE payload::text ~ 'workers|医師会|医療'`,
    );
    expect(told).toEqual([]);
  });
});

describe('the first day of bookings of a group', () => {
  it('is kept to by every way of taking a seat, and said in both languages', async () => {
    const bookableFrom = inDays(4);
    await putGroup({ bookableFrom, opensOn: inDays(8) });
    const residentId = await world.idOf(number('16'));
    const other = await world.idOf(number('11'));
    const slotId = await slotOn(inDays(9));
    // Seats that are promised to no channel, so that nothing else stands in the way of any.
    await world.sql(
      'reservations',
      'UPDATE slot SET phone_quota = 0, web_quota = 0, staff_quota = 0, walk_in_quota = 0 WHERE id = $1',
      [slotId],
    );
    const refused = {
      ok: false,
      refusal: { code: 'group_booking_not_open', details: { bookableFrom } },
    };
    const dose = { residentId, doseNumber: 1 };
    for (const role of ['operator', 'senior-operator', 'city-staff', 'phone-agent'] as const) {
      const options = async () => serving([residentId, other], 'reservation', role);
      const { bookSlot, holdSlot, bookPair } = contract;
      expect(await world.call(bookSlot, { ...dose, slotId }, await options())).toEqual(refused);
      expect(await world.call(holdSlot, { ...dose, slotId }, await options())).toEqual(refused);
      expect(await world.call(bookPair, { ...dose, slotId }, await options())).toMatchObject({
        refusal: { code: 'group_booking_not_open', details: { bookableFrom, doseNumber: 1 } },
      });
    }
    const asked = await serving([residentId, other]);
    const found = await world.call(
      contract.findFreeSlots,
      { ...dose, from: inDays(1), to: inDays(12), limit: 5, view: 'slots' },
      asked,
    );
    const ja = `予約受付は${formatEraDate(bookableFrom)}からです。`;
    const reasons = expect.arrayContaining([
      {
        code: 'group_booking_not_open',
        sentence: {
          ja: expect.stringContaining(ja) as string,
          en: expect.stringContaining(`Bookings are taken from ${bookableFrom} on.`) as string,
        },
      },
    ]) as unknown[];
    expect(found).toMatchObject({ ok: true, value: { slots: [], reasons } });
    const waiting = { ...dose, from: inDays(1), to: inDays(12), reach: 'phone' as const };
    expect(
      await world.call(contract.joinWaitingList, waiting, { ...asked, idempotencyKey: newId() }),
    ).toMatchObject({ refusal: { code: 'priority_group_not_open' } });
    expect(
      await world.call(
        contract.joinWaitingList,
        { ...waiting, from: inDays(8) },
        { ...asked, idempotencyKey: newId() },
      ),
    ).toEqual(refused);
  });

  it('and the first day of vaccination, put off, have those who are booked called', async () => {
    await putGroup({ opensOn: today });
    const residentId = await world.idOf(number('16'));
    const booked = await book(residentId, inDays(9));
    if (!booked.ok) throw new Error(booked.refusal.code);
    const { reservationId } = booked.value;
    await putGroup({ opensOn: inDays(10) });
    await recheck();
    expect(await itemsOf(reservationId)).toMatchObject([
      { state: 'open', reason: 'priority_group_not_open' },
    ]);
    await putGroup({ opensOn: today });
    await recheck();
    expect(await itemsOf(reservationId)).toMatchObject([{ state: 'done' }]);
    const reversed = group({ opensOn: inDays(1), bookableFrom: inDays(2) });
    expect(
      await world.call(
        contract.putPriorityGroup,
        { group: reversed, revision: revisions.get('workers') ?? 0, reason: REASON },
        key(),
      ),
    ).toMatchObject({ refusal: { code: 'range_reversed', details: { items: ['opensOn'] } } });
  });
});

describe('trying the rules', () => {
  const ask = { dateOfBirth: '1980-01-01', doses: [], productCode: 'MDG-XA', date: inDays(5) };
  it('for somebody on a list, on the day of a booking to come', async () => {
    const bookableFrom = inDays(4);
    await putGroup({ opensOn: inDays(5), bookableFrom });
    const operator = { actorToken: (await world.actor('operator')).token };
    const asking = { ...ask, groups: ['workers'] };
    expect(await world.call(contract.tryRules, asking, operator)).toMatchObject({
      value: { eligible: false, reasons: [{ code: 'group_booking_not_open', bookableFrom }] },
    });
    const later = { ...asking, askedOn: bookableFrom };
    expect(await world.call(contract.tryRules, later, operator)).toMatchObject({
      value: { eligible: true, priorityGroups: [{ groupCode: 'workers' }] },
    });
    const nobody = { ...ask, groups: [], askedOn: bookableFrom };
    expect(await world.call(contract.tryRules, nobody, operator)).toMatchObject({
      value: { eligible: false, reasons: [{ code: 'not_in_priority_group' }] },
    });
  });

  it('refuses codes that there are not, by field and code', async () => {
    await putGroup({
      groupCode: 'elders',
      listed: false,
      ageFromMonths: 780,
      opensOn: null,
      bookableFrom: null,
    });
    const operator = { actorToken: (await world.actor('operator')).token };
    const answer = await world.call(
      contract.tryRules,
      {
        ...ask,
        productCode: 'MDG-XZ',
        programmeCode: 'winter',
        doses: [
          { productCode: 'MDG-XA', date: '2026-01-01' },
          { productCode: 'ABROAD', date: '2026-02-01' },
        ],
        groups: ['workers', 'elders', 'nurses'],
      },
      operator,
    );
    expect(answer).toEqual({
      ok: false,
      refusal: {
        code: 'reference_unknown',
        details: {
          unknown: [
            { field: 'productCode', code: 'MDG-XZ', why: 'unknown' },
            { field: 'programmeCode', code: 'winter', why: 'unknown' },
            { field: 'doses[1].productCode', code: 'ABROAD', why: 'unknown' },
            { field: 'groups[1]', code: 'elders', why: 'not-listed' },
            { field: 'groups[2]', code: 'nurses', why: 'unknown' },
          ],
        },
      },
    });
  });
});

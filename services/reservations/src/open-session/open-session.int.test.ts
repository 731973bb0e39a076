import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PRODUCT } from '../seed-demo/seed-demo.ts';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

let world: ReservationsWorld;
let manager: { actorToken: string };
/** After the demo's six weeks. */
const day = addDays(tokyoDate(new Date()), 60);
beforeAll(async () => {
  world = await reservationsWorld();
  manager = { actorToken: (await world.actor('operations-manager')).token };
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code;
const venueCode = '1312300011';
const request = {
  venueCode,
  day: day as string,
  productCode: DEMO_PRODUCT,
  pattern: {
    startsAt: '09:00',
    endsAt: '12:00',
    slotMinutes: 10,
    gaps: [],
    capacity: 4,
    extraAtStart: 1,
    quotas: { phone: 2, web: 2, staff: 0, 'walk-in': 0 },
  },
  opensAt: new Date().toISOString(),
};
const open = (changes: Partial<typeof request> = {}) =>
  world.call(contract.openSession, { ...request, ...changes }, { ...manager, ...key() });
const list = async (from: string, to: string) => {
  const found = await world.call(contract.listSessions, { venueCode, from, to }, manager);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value.sessions;
};

describe('a session', () => {
  it('is opened once, with its slots, and listed', async () => {
    expect(await open()).toMatchObject({ ok: true, value: { slots: 18 } });
    expect(codeOf(await open())).toBe('session_exists');
    expect(
      codeOf(await open({ pattern: { ...request.pattern, startsAt: '11:50', endsAt: '13:00' } })),
    ).toBe('session_exists');
    const afternoon = { ...request.pattern, startsAt: '13:00', endsAt: '14:00' };
    expect((await open({ pattern: afternoon })).ok).toBe(true);
    expect(await list(day, day)).toMatchObject([
      { state: 'open', slots: 18, capacity: 73, booked: 0 },
      { state: 'open', slots: 6, capacity: 25 },
    ]);
  });

  it('is refused with what is wrong', async () => {
    const other = addDays(day, 1);
    const { pattern } = request;
    const cases: [Partial<typeof request>, string][] = [
      [{ venueCode: '9999999999' }, 'venue_not_found'],
      [{ productCode: 'NONE' }, 'product_not_allowed'],
      [{ day: addDays(tokyoDate(new Date()), -1) }, 'session_in_past'],
      [{ pattern: { ...pattern, endsAt: '08:00' } }, 'session_pattern_wrong'],
      [{ pattern: { ...pattern, capacity: 3 } }, 'session_pattern_wrong'],
      [{ pattern: { ...pattern, capacity: -1 } }, 'malformed_request'],
      [{ day: '2026-02-30' }, 'malformed_request'],
    ];
    for (const [changes, code] of cases)
      expect(codeOf(await open({ day: other, ...changes }))).toBe(code);
    expect(await list(other, other)).toEqual([]);
  });

  it('says what is wrong with a pattern, member by member', async () => {
    const { pattern } = request;
    const answer = await open({
      pattern: {
        ...pattern,
        gaps: [{ from: '08:00', to: '08:30' }],
        quotas: { ...pattern.quotas, phone: 9 },
      } as typeof pattern,
    });
    expect(answer).toMatchObject({
      refusal: {
        code: 'session_pattern_wrong',
        details: {
          items: [
            { item: 'pattern.gaps[0]', ja: expect.stringContaining('09:00–12:00') as string },
            { item: 'pattern.quotas', en: expect.stringContaining('11 seats') as string },
          ],
        },
      },
    });
  });

  it('lies within the hours of its venue, the city’s horizon and the rules of its product', async () => {
    const today = tokyoDate(new Date());
    const other = addDays(day, 5);
    const hours = JSON.stringify(
      ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((weekday) => ({
        weekday,
        opens: '09:00',
        closes: '11:30',
      })),
    );
    await world.sql('UPDATE venue SET opening_hours = $2::jsonb WHERE code = $1', [
      venueCode,
      hours,
    ]);
    try {
      expect(await open({ day: other })).toMatchObject({
        refusal: {
          code: 'session_outside_hours',
          details: { items: [{ item: 'pattern', ja: expect.stringContaining('11:30') as string }] },
        },
      });
      const within = { ...request.pattern, endsAt: '11:30' };
      expect((await open({ day: other, pattern: within })).ok).toBe(true);
    } finally {
      await world.sql(`UPDATE venue SET opening_hours = '[]' WHERE code = $1`, [venueCode]);
    }
    expect(codeOf(await open({ day: addDays(today, 160) }))).toBe('product_over_on_day');
    expect(await open({ day: addDays(today, 401) })).toMatchObject({
      refusal: { code: 'session_too_far', details: { lastDay: addDays(today, 400) } },
    });
    expect(codeOf(await open({ day: '2126-11-26' }))).toBe('session_too_far');
  });

  it('opened by many at once is there once', async () => {
    const other = addDays(day, 2);
    const answers = await Promise.all(Array.from({ length: 6 }, () => open({ day: other })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await list(other, other)).toHaveLength(1);
  });

  it('cannot be booked before it opens or after it closes, by any role (B26)', async () => {
    const early = addDays(day, 3);
    const late = addDays(day, 4);
    await open({ day: early, opensAt: new Date(Date.now() + 3_600_000).toISOString() });
    await world.call(
      contract.openSession,
      {
        ...request,
        day: late,
        opensAt: new Date(Date.now() - 7_200_000).toISOString(),
        closesAt: new Date(Date.now() - 3_600_000).toISOString(),
      },
      { ...manager, ...key() },
    );
    const [unopened = ''] = await world.freeSlots(early, 1);
    const [over = ''] = await world.freeSlots(late, 1);
    for (const role of ['operator', 'senior-operator', 'city-staff', 'phone-agent'] as const)
      for (const [slotId, code] of [
        [unopened, 'slot_not_open'],
        [over, 'slot_closed'],
      ] as const) {
        const residentId = await world.resident();
        const me = await world.serving(residentId, role);
        const wanted = { residentId, slotId, doseNumber: 1 };
        for (const operation of [contract.bookSlot, contract.holdSlot])
          expect(codeOf(await world.call(operation, wanted, { ...me, ...key() }))).toBe(code);
      }
  });
});

describe('copying a week', () => {
  it('makes the weeks after, but for days that are asked out, closed or taken', async () => {
    const from = addDays(day, 20);
    for (const days of [0, 1]) await open({ day: addDays(from, days) });
    await open({ day: addDays(from, 8) });
    const copied = await world.call(
      contract.copySessions,
      { venueCode, from, weeks: 2, skipDays: [addDays(from, 14)] },
      { ...manager, ...key() },
    );
    if (!copied.ok) throw new Error(copied.refusal.code);
    const closed = copied.value.skipped.filter(({ reason }) => reason === 'venue-closed');
    expect(copied.value.copied + closed.length).toBe(2);
    expect(copied.value.made).toHaveLength(copied.value.copied);
    expect(copied.value.skipped).toContainEqual({
      day: addDays(from, 8),
      productCode: DEMO_PRODUCT,
      reason: 'session-exists',
    });
    expect(copied.value.skipped).toContainEqual({
      day: addDays(from, 14),
      productCode: DEMO_PRODUCT,
      reason: 'asked-for',
    });
    const [original] = await list(from, from);
    const [copy] = await list(addDays(from, 7), addDays(from, 7));
    expect(copy?.pattern).toEqual(original?.pattern);
    expect(Date.parse(copy?.opensAt ?? '') - Date.parse(original?.opensAt ?? '')).toBe(
      7 * 86_400_000,
    );
  });
});

describe('a file of sessions', () => {
  const put = (text: string | Uint8Array, dryRun = false) =>
    world.call(
      contract.importSessions,
      { fileBase64: Buffer.from(text).toString('base64'), dryRun },
      { ...manager, ...key() },
    );
  const header = '会場コード,接種日,ワクチン,開始,終了,定員,電話枠,Web枠,受付開始,メモ';
  const row = (date: string, rest = '09:00,10:00,4,2,2,2026-01-01 09:00,') =>
    `${venueCode},${date},${DEMO_PRODUCT},${rest}`;
  const first = addDays(day, 80);

  it('is taken as a whole, or not at all with every fault by line', async () => {
    const faulty = await put(
      [
        header,
        row(first),
        row('2026-02-30'),
        row(first, '09:30,11:00,4,2,2,2026-01-01,"a\nb"'),
        row(addDays(first, 1), '09:00,08:00,x,2,2,2026-01-01,'),
      ].join('\r\n'),
    );
    if (!faulty.ok) throw new Error(faulty.refusal.code);
    expect(faulty.value).toMatchObject({ rows: 4, opened: 0, ignoredColumns: ['メモ'] });
    expect(faulty.value.refused.map(({ line, column }) => [line, column])).toEqual([
      [3, '接種日'],
      [4, '開始'],
      [6, '定員'],
    ]);
    expect(await list(first, addDays(first, 1))).toEqual([]);
    const good = [header, row(first), row(addDays(first, 1))].join('\r\n');
    expect(await put(good, true)).toMatchObject({ ok: true, value: { opened: 0, refused: [] } });
    expect(await put(good)).toMatchObject({ ok: true, value: { opened: 2, slots: 12 } });
    expect(await put(good)).toMatchObject({ ok: true, value: { opened: 0 } });
    expect(await list(first, addDays(first, 1))).toHaveLength(2);
  });

  it('goes out in CP932 and comes in again as the same sessions', async () => {
    const days = { from: first, to: addDays(first, 1) };
    const before = await list(days.from, days.to);
    const out = await world.call(contract.exportSessions, { venueCode, ...days }, manager);
    if (!out.ok) throw new Error(out.refusal.code);
    const bytes = Buffer.from(out.value.fileBase64, 'base64');
    expect(new TextDecoder('shift_jis', { fatal: true }).decode(bytes)).toContain('会場コード');
    await world.sql('DELETE FROM slot WHERE day BETWEEN $1 AND $2', [days.from, days.to]);
    await world.sql('DELETE FROM session WHERE day BETWEEN $1 AND $2', [days.from, days.to]);
    expect(await put(bytes)).toMatchObject({
      ok: true,
      value: { encoding: 'cp932', opened: 2, refused: [] },
    });
    const after = await list(days.from, days.to);
    const essence = (sessions: contract.SessionView[]) =>
      sessions.map((session) => ({ ...session, sessionId: '' }));
    expect(essence(after)).toEqual(essence(before));
  });

  it.each([
    ['nothing', ''],
    ['no columns of ours', 'a,b\r\n1,2'],
    ['a quote that never ends', `${header}\r\n"${venueCode}`],
    ['bytes of something else', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0xff])],
    ['a record without end', `${header}\r\n"${'x'.repeat(20_000)}"`],
  ])('of %s is refused (B20)', async (_name, text) => {
    expect(codeOf(await put(text))).toBe('import_refused');
  });
});

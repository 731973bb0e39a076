import type { SessionPattern } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import { isClosedOn } from './closing-days.ts';
import { isProductOver } from './may-open.ts';
import { outsideHours } from './opening-hours.ts';
import type { DoseRule } from './rulebook.ts';
import { sessionsCsv, unguarded } from './session-csv.ts';
import { patternFaults, slotsOfPattern } from './session-pattern.ts';
import { readSessionHeader, readSessionRow, SESSION_COLUMNS } from './session-row.ts';

const pattern: SessionPattern = {
  startsAt: '09:00',
  endsAt: '16:30',
  slotMinutes: 10,
  gaps: [
    { from: '15:00', to: '15:10' },
    { from: '12:00', to: '13:00' },
  ],
  capacity: 6,
  extraAtStart: 2,
  quotas: { phone: 3, web: 3, staff: 0, 'walk-in': 0 },
};

describe('slots of a pattern', () => {
  it('follow each other but for the gaps, with more seats in the first', () => {
    const slots = slotsOfPattern(pattern);
    expect(slots).toHaveLength(18 + 12 + 8);
    expect(slots[0]).toMatchObject({ startsAt: '09:00', capacity: 8 });
    expect(slots[0]?.quotas).toMatchObject({ phone: 4, web: 4 });
    expect(slots[1]).toMatchObject({ startsAt: '09:10', endsAt: '09:20', capacity: 6 });
    const times = slots.map(({ startsAt }) => startsAt);
    expect(times).not.toContain('12:00');
    expect(times).not.toContain('12:50');
    expect(times).not.toContain('15:00');
    expect(times.at(-1)).toBe('16:20');
  });

  it('never reach into a gap or past the end', () => {
    const odd = {
      ...pattern,
      endsAt: '10:00',
      slotMinutes: 25,
      gaps: [{ from: '09:30', to: '09:31' }],
    };
    expect(slotsOfPattern(odd).map(({ startsAt }) => startsAt)).toEqual(['09:00', '09:31']);
  });

  it.each([
    [{ endsAt: '09:00' }, ['endsAt']],
    [{ gaps: [{ from: '08:00', to: '09:30' }] }, ['gaps[0]']],
    [{ gaps: [{ from: '10:00', to: '10:00' }] }, ['gaps[0]']],
    [{ capacity: 5 }, ['quotas']],
    [{ slotMinutes: 480 }, ['slotMinutes']],
    [{}, []],
  ])('say of %j what is wrong: %j', (changes, faults) => {
    expect(patternFaults({ ...pattern, ...changes }).map(({ item }) => item)).toEqual(faults);
  });
});

describe('a venue', () => {
  const venue = {
    closesOnHolidays: true,
    closedDays: ['2026-12-10'],
    activeFrom: null,
    activeTo: '2027-01-20',
    openWeekdays: [],
  };
  it.each([
    ['2026-11-23', true],
    ['2026-11-24', false],
    ['2026-12-10', true],
    ['2026-12-28', false],
    ['2026-12-29', true],
    ['2027-01-03', true],
    ['2027-01-04', false],
    ['2027-01-20', true],
  ])('on %s is closed: %s', (day, closed) => {
    expect(isClosedOn(venue, day as CalendarDate)).toBe(closed);
  });
  it('that keeps its hours is open on its weekdays only', () => {
    const weekdays = { ...venue, closesOnHolidays: false, openWeekdays: [1, 2] };
    expect(isClosedOn(weekdays, '2026-11-23' as CalendarDate)).toBe(false);
    expect(isClosedOn(weekdays, '2026-11-25' as CalendarDate)).toBe(true);
  });
});

describe('hours of a venue', () => {
  const wednesday = '2026-11-25' as CalendarDate;
  const hours = [
    { weekday: 3, opens: '13:00', closes: '16:30' },
    { weekday: 3, opens: '09:00', closes: '10:30' },
    { weekday: 3, opens: '10:30', closes: '12:00' },
    { weekday: 4, opens: '09:00', closes: '20:00' },
  ];
  it.each([
    [{}, hours, undefined],
    [{ gaps: [] }, hours, '12:00–12:10 など 6 枠'],
    [{ endsAt: '17:00' }, hours, '16:30–16:40 など 3 枠'],
    [{ startsAt: '08:55', gaps: [] }, hours, '08:55–09:05 など'],
    [{ startsAt: '06:00', endsAt: '22:00' }, [], undefined],
  ])('with %j of %j lie so: %s', (changes, of, said) => {
    const fault = outsideHours({ ...pattern, ...changes }, wednesday, of);
    if (said === undefined) expect(fault).toBeUndefined();
    else expect(fault?.ja).toContain(said);
  });
  it('name the hours of that weekday', () => {
    expect(outsideHours({ ...pattern, gaps: [] }, wednesday, hours)?.ja).toContain(
      '09:00–12:00、13:00–16:30',
    );
  });
});

describe('a product', () => {
  const rule = (validTo: string | null) =>
    ({ productCodes: ['A'], validFrom: '2026-01-01', validTo }) as unknown as DoseRule;
  it.each([
    [[], false],
    [[rule(null)], false],
    [[rule('2026-12-01')], true],
    [[rule('2026-12-02')], false],
    [[rule('2026-11-01'), rule('2027-01-01')], false],
  ])('by the rules %j is over: %s', (rules, over) => {
    expect(isProductOver(rules, 'A', '2026-12-01' as CalendarDate)).toBe(over);
    expect(isProductOver(rules, 'B', '2026-12-01' as CalendarDate)).toBe(false);
  });
});

describe('a file of sessions', () => {
  const read = (changes: Record<string, string> = {}) => {
    const cells: Record<string, string> = {
      会場コード: '1312300011',
      接種日: 'R8.12.1',
      ワクチン: 'MDG-XA',
      開始: '9:00',
      終了: '１６：３０',
      休憩: '12:00-13:00;15:00-15:10',
      定員: '6',
      電話枠: '3',
      Web枠: '3',
      受付開始: '2026/11/1 10:00',
      ...changes,
    };
    const header = readSessionHeader(Object.keys(cells));
    if (!header.ok) return header;
    return readSessionRow(header.header, Object.values(cells));
  };

  it('says when, where and how many, in the ways people write it', () => {
    expect(read()).toMatchObject({
      ok: true,
      session: {
        day: '2026-12-01',
        pattern: { startsAt: '09:00', endsAt: '16:30', slotMinutes: 10, capacity: 6 },
        opensAt: new Date('2026-11-01T10:00:00+09:00'),
        closesAt: null,
      },
    });
  });

  it.each([
    ['会場コード', '131'],
    ['接種日', '2026-02-30'],
    ['開始', '24:00'],
    ['終了', '08:00'],
    ['休憩', '13:00-12:00'],
    ['定員', '-1'],
    ['定員', '1001'],
    ['定員', '６.5'],
    ['電話枠', '5'],
    ['受付開始', 'きのう'],
    ['受付終了', '2026-10-01'],
    ['ワクチン', '=cmd'],
  ])('is refused by its column: %s %s', (column, value) => {
    const done = read({ [column]: value });
    expect(done.ok).toBe(false);
    expect('faults' in done ? done.faults.map((fault) => fault.column) : []).toContain(column);
    expect(JSON.stringify(done)).not.toContain(value);
  });

  it('without a column that is needed, or with one twice, is refused', () => {
    expect(readSessionHeader(['会場コード'])).toMatchObject({
      ok: false,
      reason: '必須の列がありません',
    });
    expect(readSessionHeader([...Object.keys(SESSION_COLUMNS), '定員'])).toEqual({
      ok: false,
      reason: '同じ名前の列があります',
      columns: ['定員'],
    });
  });

  it('with more or fewer cells than columns is refused, whatever they say', () => {
    const header = readSessionHeader(Object.keys(SESSION_COLUMNS));
    if (!header.ok) throw new Error('header');
    const cells = Object.keys(SESSION_COLUMNS);
    for (const values of [[...cells, 'x'], cells.slice(1)])
      expect(readSessionRow(header.header, values)).toEqual({
        ok: false,
        faults: [{ column: '', reason: `列が ${cells.length} ではなく ${values.length} あります` }],
      });
  });

  it('comes back as it was written, and runs in no spreadsheet (B18)', () => {
    const opensAt = new Date('2026-11-01T10:00:00+09:00');
    const session = {
      venueCode: '1312300011',
      day: '2026-12-01' as CalendarDate,
      productCode: 'MDG-XA',
      pattern,
      opensAt,
      closesAt: null,
    };
    const [header = '', row = ''] = sessionsCsv([{ ...session, state: 'open' }]).split('\r\n');
    const columns = readSessionHeader(header.split(','));
    if (!columns.ok) throw new Error('header');
    expect(columns.header.ignored).toEqual(['状態']);
    expect(readSessionRow(columns.header, row.split(','))).toEqual({ ok: true, session });
    const formula = sessionsCsv([{ ...session, productCode: '=1+1', state: 'open' }]);
    expect(formula).toContain(",'=1+1,");
    expect(unguarded("'=1+1")).toBe('=1+1');
  });
});

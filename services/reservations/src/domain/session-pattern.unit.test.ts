import type { SessionPattern } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import { isClosedOn } from './closing-days.ts';
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
    [{ endsAt: '09:00' }, ['endsAt', 'gaps']],
    [{ gaps: [{ from: '08:00', to: '09:30' }] }, ['gaps']],
    [{ gaps: [{ from: '10:00', to: '10:00' }] }, ['gaps']],
    [{ capacity: 5 }, ['quotas']],
    [{ slotMinutes: 480 }, ['slotMinutes']],
    [{}, []],
  ])('say of %j what is wrong: %j', (changes, faults) => {
    expect(patternFaults({ ...pattern, ...changes })).toEqual(faults);
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

import { Venue, WEEKDAYS } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVenue } from './read-venue.ts';
import type { Column, VenueCells } from './venue-columns.ts';
import { COLUMNS } from './venue-columns.ts';
import { writeVenue } from './write-venue.ts';

const columns = Object.keys(COLUMNS) as Column[];
const cellsOf = (values: readonly string[]): VenueCells =>
  Object.fromEntries(columns.map((column, place) => [column, values[place] ?? '']));

const text = fc
  .string({
    unit: fc.constantFrom('東', '小', 'ア', 'a', '=', '"', ',', '＠', '𠮷'),
    minLength: 1,
    maxLength: 20,
  })
  .filter((value) => value.trim() === value);
const day = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2020-01-01' as CalendarDate, n));
const venue: fc.Arbitrary<Venue> = fc
  .record({
    code: fc.integer({ min: 0, max: 9_999_999_999 }),
    ja: text,
    en: text,
    town: text,
    address: text,
    kind: fc.constantFrom('mass', 'clinic'),
    open: fc.subarray([...WEEKDAYS]),
    afternoon: fc.boolean(),
    closesOnHolidays: fc.boolean(),
    closedDays: fc.array(day, { maxLength: 3 }),
    productCodes: fc.subarray(['MDG-XA', 'PFIZER_12UP']),
    activeFrom: day,
    lasts: fc.option(fc.integer({ min: 0, max: 900 })),
  })
  .map(({ code, ja, en, open, afternoon, lasts, ...rest }) => ({
    ...rest,
    venueCode: String(code).padStart(10, '0'),
    name: { ja, en },
    openingHours: open.flatMap((weekday) => [
      { weekday, opens: '09:00', closes: '12:00' },
      ...(afternoon ? [{ weekday, opens: '13:00', closes: '16:30' }] : []),
    ]),
    activeTo: lasts === null ? null : addDays(rest.activeFrom, lasts),
  }));

describe('the row of a venue', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(venue, (one) => {
        expect(readVenue(cellsOf(writeVenue(one)))).toEqual({ ok: true, value: Venue.parse(one) });
      }),
    );
  });

  const good: VenueCells = {
    code: '１３１２３０００１１',
    nameJa: '船堀',
    town: '船堀',
    address: '船堀4-1-1',
    kind: '集団',
    mon: '9:00〜12:00、13:00-16:30',
    closedDays: '20261228 2026/12/29',
    activeFrom: '2026/4/1',
    lastDay: '2027-03-31',
  };
  it('is read as people write it', () => {
    expect(readVenue(good)).toMatchObject({
      ok: true,
      value: {
        venueCode: '1312300011',
        name: { ja: '船堀', en: '船堀' },
        openingHours: [
          { weekday: 'mon', opens: '09:00', closes: '12:00' },
          { weekday: 'mon', opens: '13:00', closes: '16:30' },
        ],
        closesOnHolidays: false,
        closedDays: ['2026-12-28', '2026-12-29'],
        activeFrom: '2026-04-01',
        activeTo: '2027-04-01',
      },
    });
  });

  it.each([
    ['code', '131230001', '会場コード'],
    ['code', '1.31E+09', '会場コード'],
    ['nameJa', ' ', '名称'],
    ['address', '', '住所'],
    ['kind', '大規模', '種別'],
    ['mon', '9時から', '月'],
    ['tue', '09:00-12:00 11:00-13:00', '火'],
    ['wed', '24:00-25:00', '水'],
    ['thu', '12:00-09:00', '木'],
    ['holidays', 'たぶん', '祝日と年末年始'],
    ['closedDays', '2026-02-30', '休業日'],
    ['activeFrom', '令和8年', '開始日'],
    ['lastDay', '2026-03-30', '最終日'],
    ['products', 'MDG XA!', 'ワクチン'],
    ['town', '船\u0000堀', '町名'],
    ['address', '船\uFFFD', '住所'],
    ['nameEn', 'x'.repeat(101), '英語名称'],
  ] as const)('with %s %j is refused at %s', (column, value, named) => {
    const read = readVenue({ ...good, [column]: value });
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.refusal.map((fault) => fault.column)).toEqual([named]);
  });

  it('names every fault of the row', () => {
    const read = readVenue({ ...good, code: '', kind: 'x', activeFrom: 'x', mon: 'x' });
    expect(read).toMatchObject({
      refusal: [
        { column: '会場コード' },
        { column: '種別' },
        { column: '月' },
        { column: '開始日' },
      ],
    });
  });
});

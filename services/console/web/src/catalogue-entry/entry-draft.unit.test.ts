import { describe, expect, it } from 'vitest';
import { draftOf, nextCode, readDraft } from './entry-draft.ts';
import { ENTRY_KINDS } from './entry-fields.ts';

const VENUE = {
  venueCode: '1312300011',
  name: { ja: '会場', en: 'Venue' },
  town: '船堀',
  address: '東京都江戸川区船堀４丁目',
  kind: 'mass',
  openingHours: [
    { weekday: 'mon', opens: '09:00', closes: '12:00' },
    { weekday: 'mon', opens: '13:00', closes: '16:30' },
    { weekday: 'sun', opens: '10:00', closes: '15:00' },
  ],
  closesOnHolidays: true,
  closedDays: ['2026-12-10', '2026-12-11'],
  productCodes: ['MDG-XA'],
  activeFrom: '2026-09-01',
  activeTo: null,
};
const RULE = {
  ruleCode: 'autumn-1',
  programmeCode: 'autumn',
  doseFrom: 1,
  doseTo: 1,
  productCodes: ['MDG-XA'],
  validFrom: '2026-09-01',
  validTo: null,
  ageJudgedOn: 'fiscal-year-end',
  ageFromMonths: 144,
  ageBelowMonths: null,
  bornFrom: null,
  bornTo: '2014-04-01',
  groupCode: null,
  previousDose: 'any',
  minimumDaysBetween: 20,
  minimumMonths: null,
  monthOverflow: 'last-of-month',
  standardOffsetDays: 21,
  oncePerProgramme: true,
  optional: false,
  source: '手引き',
  confidence: null,
};

describe('fields of a row', () => {
  it.each([
    ['venue', VENUE],
    ['dose-rule', RULE],
    [
      'product',
      { productCode: 'P', name: { ja: '製', en: 'p' }, vaccineCode: 'V', countsAsDoses: 2 },
    ],
    [
      'programme',
      {
        programmeCode: 'a',
        name: { ja: '事', en: 'a' },
        series: { diseases: ['x'], productCodes: [] },
      },
    ],
  ] as const)('%s comes back from its fields as it went in', (kind, row) => {
    const fields = ENTRY_KINDS[kind];
    expect(readDraft(fields, draftOf(fields, row))).toEqual({ ok: true, row });
  });

  it('name what is wrong by member', () => {
    const kind = ENTRY_KINDS['dose-rule'];
    const draft = { ...draftOf(kind, RULE), doseFrom: 'x', validFrom: '', productCodes: '' };
    expect(readDraft(kind, draft)).toEqual({
      ok: false,
      members: expect.arrayContaining(['doseFrom', 'validFrom', 'productCodes']) as string[],
    });
    const venue = ENTRY_KINDS.venue;
    const wrong = { ...draftOf(venue, VENUE), 'name.en': '', 'openingHours.mon': '25:00-26:00' };
    expect(readDraft(venue, wrong)).toEqual({
      ok: false,
      members: expect.arrayContaining(['name.en', 'openingHours']) as string[],
    });
  });

  it('take full-width digits, commas and short hours', () => {
    const venue = ENTRY_KINDS.venue;
    const typed = {
      ...draftOf(venue, VENUE),
      'openingHours.mon': '９:00-12:00、13:00–16:30',
      closedDays: '2026-12-10、2026-12-11',
    };
    expect(readDraft(venue, typed)).toEqual({ ok: true, row: VENUE });
    const kind = ENTRY_KINDS['dose-rule'];
    expect(readDraft(kind, { ...draftOf(kind, RULE), minimumDaysBetween: '２０' })).toEqual({
      ok: true,
      row: RULE,
    });
  });
});

describe('the code of a next version', () => {
  it.each([
    ['autumn-2', '2027-01-15', 'autumn-2-20270115'],
    ['autumn-2-20270115', '2027-03-01', 'autumn-2-20270301'],
    ['autumn-2', '', ''],
    ['x'.repeat(64), '2027-01-15', `${'x'.repeat(55)}-20270115`],
  ])('%s from %s on: %s', (code, day, next) => expect(nextCode(code, day)).toBe(next));
});

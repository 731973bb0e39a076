import type { DoseRule } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import { evaluate } from '@madoguchi/reservations/domain/eligibility';
import type { Rulebook } from '@madoguchi/reservations/domain/rulebook';
import { describe, expect, it } from 'vitest';
import { historicalBook, historicalData, historicalEntries } from './historical-book.fixture.ts';

const book = historicalBook('2021-02-17' as CalendarDate);

type Told = { born: string; doses?: string; group?: string };
/** `PFIZER_12UP 2021-04-01, …`: doses in order; a dose against something else is numbered by itself. */
const dosesOf = (text: string | undefined) => {
  const own = new Map<boolean, number>();
  return (text ?? '')
    .split(', ')
    .filter(Boolean)
    .map((one) => {
      const [productCode = '', date = ''] = one.split(' ');
      const other = /INFLUENZA|TETANUS|ROTA/.test(productCode);
      own.set(other, (own.get(other) ?? 0) + 1);
      return { productCode, date: date as CalendarDate, doseNumber: own.get(other) ?? 1 };
    });
};
function codes(told: Told, wish: string, rules = book): string[] {
  const [dose = '', productCode = '', date = ''] = wish.split(' ');
  const person = {
    dateOfBirth: told.born as CalendarDate,
    residency: [{ from: '1900-01-01' as CalendarDate, to: null }],
    doses: dosesOf(told.doses),
    bookings: [],
    groups:
      told.group === undefined ? [] : [{ groupCode: told.group, from: '2021-02-17', to: null }],
  };
  const wanted = { doseNumber: Number(dose), productCode, date: date as CalendarDate };
  return evaluate(person, wanted, rules).reasons.map((reason) => reason.code);
}

const P = 'PFIZER_12UP';
const twice = (date: string, product = P) => `${product} 2021-03-01, ${product} ${date}`;
const thrice = (date: string) => `${twice('2021-04-01')}, ${P} ${date}`;
const SHORT = ['dose_interval_too_short'];
const OLD = ['age_not_eligible'];

/** Line of `interval_rules.csv`, who, the last day that is refused and why, the first that is not. */
const TABLE: readonly (readonly [
  line: number,
  told: Told,
  refused: string,
  why: readonly string[],
  allowed: string,
])[] = [
  [
    2,
    { born: '1950-01-01', doses: `${P} 2021-04-01` },
    `2 ${P} 2021-04-19`,
    SHORT,
    `2 ${P} 2021-04-20`,
  ],
  [2, { born: '2005-05-20' }, `1 ${P} 2021-05-18`, OLD, `1 ${P} 2021-05-19`],
  [3, { born: '2009-07-02' }, `1 ${P} 2021-06-30`, OLD, `1 ${P} 2021-07-01`],
  [
    3,
    { born: '1950-01-01', doses: `${P} 2021-06-10` },
    `2 ${P} 2021-06-28`,
    SHORT,
    `2 ${P} 2021-06-29`,
  ],
  [
    4,
    { born: '1950-01-01', doses: 'MODERNA_12UP 2021-06-01' },
    '2 MODERNA_12UP 2021-06-28',
    SHORT,
    '2 MODERNA_12UP 2021-06-29',
  ],
  [4, { born: '2005-01-01' }, '1 MODERNA_12UP 2021-08-02', OLD, '1 MODERNA_12UP 2021-08-03'],
  [
    5,
    { born: '1970-01-01', doses: 'ASTRAZENECA 2021-09-01' },
    '2 ASTRAZENECA 2021-09-28',
    SHORT,
    '2 ASTRAZENECA 2021-09-29',
  ],
  [
    6,
    { born: '1970-01-01', doses: 'NOVAVAX 2022-06-01' },
    '2 NOVAVAX 2022-06-21',
    SHORT,
    '2 NOVAVAX 2022-06-22',
  ],
  // Twelve since 4 March: the product stays that of the first dose.
  [
    7,
    { born: '2010-03-05', doses: 'PFIZER_5_11 2022-03-01' },
    '2 PFIZER_5_11 2022-03-19',
    SHORT,
    '2 PFIZER_5_11 2022-03-20',
  ],
  [
    8,
    { born: '2020-01-01', doses: 'PFIZER_6M_4Y 2022-11-01' },
    '2 PFIZER_6M_4Y 2022-11-19',
    SHORT,
    '2 PFIZER_6M_4Y 2022-11-20',
  ],
  // As the ministry counts: born 1 April, six months from 30 September on.
  [8, { born: '2022-05-01' }, '1 PFIZER_6M_4Y 2022-10-30', OLD, '1 PFIZER_6M_4Y 2022-10-31'],
  [
    9,
    { born: '2020-01-01', doses: 'PFIZER_6M_4Y 2022-11-01, PFIZER_6M_4Y 2022-11-22' },
    '3 PFIZER_6M_4Y 2023-01-16',
    SHORT,
    '3 PFIZER_6M_4Y 2023-01-17',
  ],
  [
    10,
    { born: '1980-01-01', doses: twice('2021-04-15') },
    `3 ${P} 2021-12-14`,
    SHORT,
    `3 ${P} 2021-12-15`,
  ],
  [
    11,
    { born: '1950-01-01', doses: twice('2021-07-31') },
    `3 ${P} 2022-01-30`,
    SHORT,
    `3 ${P} 2022-01-31`,
  ],
  [
    12,
    { born: '1980-01-01', doses: twice('2021-06-30') },
    `3 ${P} 2022-01-29`,
    SHORT,
    `3 ${P} 2022-01-30`,
  ],
  [
    13,
    { born: '1980-01-01', doses: twice('2021-09-30') },
    `3 ${P} 2022-03-29`,
    SHORT,
    `3 ${P} 2022-03-30`,
  ],
  [
    14,
    { born: '1980-01-01', doses: twice('2021-12-31') },
    `3 ${P} 2022-05-30`,
    SHORT,
    `3 ${P} 2022-05-31`,
  ],
  // There is no 31 June: the first of July.
  [
    15,
    { born: '1950-01-01', doses: thrice('2022-01-31') },
    `4 ${P} 2022-06-30`,
    SHORT,
    `4 ${P} 2022-07-01`,
  ],
  [
    16,
    { born: '1990-01-01', doses: thrice('2022-02-25'), group: 'covid-workers' },
    `4 ${P} 2022-07-24`,
    SHORT,
    `4 ${P} 2022-07-25`,
  ],
  [
    17,
    { born: '2012-01-01', doses: twice('2022-04-10', 'PFIZER_5_11') },
    '3 PFIZER_5_11 2022-09-09',
    SHORT,
    '3 PFIZER_5_11 2022-09-10',
  ],
  [
    18,
    { born: '1980-01-01', doses: thrice('2022-04-25') },
    '4 OMICRON_BIVALENT 2022-09-24',
    SHORT,
    '4 OMICRON_BIVALENT 2022-09-25',
  ],
  // The city's own example: 30 November and three months.
  [
    19,
    { born: '1980-01-01', doses: thrice('2022-11-30') },
    '4 OMICRON_BIVALENT 2023-02-28',
    SHORT,
    '4 OMICRON_BIVALENT 2023-03-01',
  ],
  [
    20,
    { born: '1950-01-01', doses: thrice('2023-02-10') },
    '4 OMICRON_BIVALENT 2023-05-09',
    SHORT,
    '4 OMICRON_BIVALENT 2023-05-10',
  ],
  [
    21,
    { born: '1980-01-01', doses: twice('2023-06-30') },
    '3 OMICRON_XBB15 2023-09-29',
    SHORT,
    '3 OMICRON_XBB15 2023-09-30',
  ],
  [
    22,
    { born: '1980-01-01', doses: twice('2022-01-15', 'NOVAVAX') },
    '3 NOVAVAX 2022-07-14',
    SHORT,
    '3 NOVAVAX 2022-07-15',
  ],
  // The ministry's own example: 1 October, then 15 October.
  [
    23,
    { born: '1980-01-01', doses: 'INFLUENZA 2021-10-01' },
    `1 ${P} 2021-10-14`,
    ['other_vaccine_too_close'],
    `1 ${P} 2021-10-15`,
  ],
  [
    24,
    { born: '1980-01-01', doses: 'INFLUENZA 2022-07-21' },
    `1 ${P} 2022-07-21`,
    ['other_vaccine_too_close'],
    `1 ${P} 2022-07-22`,
  ],
];

describe('the historical rules', () => {
  it.each(TABLE)('line %i: %j is refused %s (%j), allowed %s', (_, told, refused, why, allowed) => {
    expect(codes(told, refused)).toEqual(why);
    expect(codes(told, allowed)).toEqual([]);
  });

  it('cover every line of the source, in the table too', () => {
    const lines = Array.from({ length: 23 }, (_, place) => place + 2);
    expect([...new Set(TABLE.map(([line]) => line))]).toEqual(lines);
    const told = historicalData('historical_rules.csv')
      .split('\n')
      .slice(1)
      .map((row) => Number(row.split(',')[0]));
    expect([...new Set(told)].filter((line) => line > 0)).toEqual(lines);
    for (const { row } of historicalEntries.filter(
      ({ row }) => 'source' in row && row.source !== null,
    ))
      expect('confidence' in row && row.confidence).toBeTruthy();
  });

  it.each([
    [
      'a worker without being listed',
      { born: '1990-01-01', doses: thrice('2022-02-25') },
      `4 ${P} 2022-07-25`,
      ['not_in_priority_group'],
    ],
    [
      'younger than 40 and not in need',
      { born: '1990-01-01' },
      '1 ASTRAZENECA 2021-09-01',
      ['not_in_priority_group'],
    ],
    [
      'younger than 40 in need',
      { born: '1990-01-01', group: 'covid-medical-need' },
      '1 ASTRAZENECA 2021-09-01',
      [],
    ],
    [
      '17 with a product for 18',
      { born: '2005-01-01', doses: twice('2021-07-01') },
      '3 MODERNA_12UP 2022-04-01',
      OLD,
    ],
    [
      '17 with the product for 12',
      { born: '2005-01-01', doses: twice('2021-07-01') },
      `3 ${P} 2022-04-01`,
      [],
    ],
    [
      'emergency tetanus the day before',
      { born: '1980-01-01', doses: 'TETANUS 2021-09-30' },
      `1 ${P} 2021-10-01`,
      [],
    ],
    [
      'an unknown vaccine the day before',
      { born: '1980-01-01', doses: 'ROTA 2022-09-30' },
      `1 ${P} 2022-10-01`,
      ['other_vaccine_too_close'],
    ],
    [
      'another vaccine second, after 26 days',
      { born: '1980-01-01', doses: `${P} 2021-07-01` },
      '2 MODERNA_12UP 2021-07-28',
      SHORT,
    ],
    [
      'another vaccine second, after 27 days',
      { born: '1980-01-01', doses: `${P} 2021-07-01` },
      '2 MODERNA_12UP 2021-07-29',
      [],
    ],
    [
      'one shot of Janssen, then the booster',
      { born: '1980-01-01', doses: 'JANSSEN 2021-05-01' },
      `3 ${P} 2022-01-10`,
      [],
    ],
    [
      'one shot of Janssen, then dose 2',
      { born: '1980-01-01', doses: 'JANSSEN 2021-07-01' },
      `2 ${P} 2022-01-10`,
      ['already_vaccinated'],
    ],
    [
      'doses abroad, then the booster',
      { born: '1980-01-01', doses: 'COVID_ABROAD 2021-03-01, COVID_ABROAD 2021-04-01' },
      `3 ${P} 2021-12-10`,
      [],
    ],
    [
      'a second dose of the same autumn',
      { born: '1980-01-01', doses: `${thrice('2022-04-25')}, OMICRON_BIVALENT 2022-10-01` },
      '5 OMICRON_BIVALENT 2023-01-10',
      ['already_vaccinated'],
    ],
    [
      'after the end of the programme',
      { born: '1980-01-01', doses: thrice('2022-04-25') },
      '4 OMICRON_XBB15 2024-04-01',
      ['programme_not_active'],
    ],
    [
      'infants need three for XBB',
      { born: '2021-01-01', doses: 'PFIZER_6M_4Y 2022-11-01, PFIZER_6M_4Y 2022-11-25' },
      '3 OMICRON_XBB15 2023-10-01',
      OLD,
    ],
  ] as const)('%s: %j, %s → %j', (_, told, wish, reasons) => {
    expect(codes(told, wish)).toEqual(reasons);
  });
});

describe('every row by itself', () => {
  const alone = (rule: DoseRule): Rulebook => ({ ...book, doseRules: [rule] });
  const bornAt = (day: string, months: number): string => {
    const [year = 0, month = 0] = day.split('-').map(Number);
    const back = year * 12 + month - 1 - months;
    return `${Math.floor(back / 12)}-${String((back % 12) + 1).padStart(2, '0')}-01`;
  };
  /** Doses of the same product, the last one long before the day. */
  const before = (rule: DoseRule): string =>
    Array.from(
      { length: rule.doseFrom - 1 },
      (_, place) =>
        `${rule.previousDose === 'other-vaccine' ? 'COVID_ABROAD' : rule.productCodes[0]} 201${place}-01-01`,
    ).join(', ');

  it.each(book.doseRules.map((rule) => [rule.ruleCode, rule] as const))(
    '%s holds from its first day to its last, and not beside',
    (_, rule) => {
      const born = bornAt(rule.validFrom, (rule.ageFromMonths ?? 0) + 7);
      const told: Told = { born, doses: before(rule) };
      if (rule.groupCode !== null) told.group = rule.groupCode;
      // The first dose of a small child lies inside the months that are asked for.
      if (rule.ageJudgedOn === 'first-dose' && rule.doseFrom > 1)
        told.doses = Array.from(
          { length: rule.doseFrom - 1 },
          (_, place) =>
            `${rule.productCodes[0]} ${addDays(rule.validFrom as CalendarDate, -90 + place)}`,
        ).join(', ');
      const wish = (date: string) => `${rule.doseFrom} ${rule.productCodes[0]} ${date}`;
      const last = addDays((rule.validTo ?? '') as CalendarDate, -1);
      expect(codes(told, wish(rule.validFrom), alone(rule))).toEqual([]);
      const later = { ...told, born: bornAt(last, (rule.ageFromMonths ?? 0) + 7) };
      if (rule.ageJudgedOn !== 'first-dose')
        expect(codes(later, wish(last), alone(rule))).toEqual([]);
      for (const out of [addDays(rule.validFrom as CalendarDate, -1), rule.validTo ?? ''])
        expect(codes(told, wish(out), alone(rule))).toEqual(['programme_not_active']);
    },
  );
});

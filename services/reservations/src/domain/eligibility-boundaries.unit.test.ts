import { readFileSync } from 'node:fs';
import type { CalendarDate } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import type { Person } from './eligibility.ts';
import { evaluate } from './eligibility.ts';
import { oracle } from './eligibility-oracle.fixture.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';
import type { DoseRule, Rulebook } from './rulebook.ts';

const d = (text: string) => text as CalendarDate;
const always = { validFrom: '2020-01-01', validTo: null };
const rule = (changes: Partial<DoseRule> = {}): DoseRule => ruleWith({ ...always, ...changes });
const person = (born: string, changes: Partial<Person> = {}): Person => ({
  dateOfBirth: d(born),
  residency: [{ from: d('1900-01-01'), to: null }],
  doses: [],
  bookings: [],
  ...changes,
});
const dose = (doseNumber: number, date: string, productCode = 'XA') => ({
  doseNumber,
  date: d(date),
  productCode,
});
/** What stands against a dose, with the first day; the second hand must say the same. */
const against = (who: Person, wish: ReturnType<typeof dose>, rules: Rulebook) => {
  const { reasons } = evaluate(who, wish, rules);
  expect(reasons.map(({ code }) => code).toSorted()).toEqual(oracle(who, wish, rules).toSorted());
  return reasons.map(({ code, earliest }) =>
    earliest === undefined ? code : `${code} ${earliest}`,
  );
};

describe('an age, on the day before the birthday', () => {
  it.each([
    // The plain case, and the turn of a year.
    ['2014-11-25', 12, '2026-11-23', '2026-11-24'],
    ['2015-01-01', 12, '2026-12-30', '2026-12-31'],
    // Born on 29 February: 28 February every year, leap or not (民法143条).
    ['2016-02-29', 5, '2021-02-27', '2021-02-28'],
    ['2016-02-29', 8, '2024-02-27', '2024-02-28'],
    ['2016-03-01', 8, '2024-02-28', '2024-02-29'],
    ['2016-03-01', 5, '2021-02-27', '2021-02-28'],
    ['2016-02-28', 5, '2021-02-26', '2021-02-27'],
  ])('born on %s, %i years: not on %s, on %s', (born, years, notYet, reached) => {
    const from = rulebookOf([rule({ ageFromMonths: years * 12 })]);
    expect(against(person(born), dose(1, notYet), from)).toEqual([`age_not_eligible ${reached}`]);
    expect(against(person(born), dose(1, reached), from)).toEqual([]);
    // 〇歳未満 holds up to and including that same day.
    const below = rulebookOf([rule({ ageBelowMonths: years * 12 })]);
    expect(against(person(born), dose(1, reached), below)).toEqual([]);
    const dayAfter = new Date(Date.parse(reached) + 86_400_000).toISOString().slice(0, 10);
    expect(against(person(born), dose(1, dayAfter), below)).toEqual(['age_not_eligible']);
    // So on that one day somebody is both.
    const both = { ageFromMonths: years * 12, ageBelowMonths: years * 12 };
    expect(against(person(born), dose(1, reached), rulebookOf([rule(both)]))).toEqual([]);
  });

  it.each([
    // MHLW: born on 1 April, six months old from 30 September on.
    ['2022-04-01', 6, '2022-09-29', '2022-09-30'],
    // No 31 February, no 31 September: the end of the last day.
    ['2022-08-31', 6, '2023-02-27', '2023-02-28'],
    ['2023-08-31', 6, '2024-02-28', '2024-02-29'],
    ['2022-08-29', 6, '2023-02-27', '2023-02-28'],
    ['2022-03-31', 6, '2022-09-29', '2022-09-30'],
  ])('born on %s, %i months: not on %s, on %s', (born, months, notYet, reached) => {
    const rules = rulebookOf([rule({ ageFromMonths: months })]);
    expect(against(person(born), dose(1, notYet), rules)).toEqual([`age_not_eligible ${reached}`]);
    expect(against(person(born), dose(1, reached), rules)).toEqual([]);
  });

  it('nobody has before they are born', () => {
    const rules = rulebookOf([rule({ ageFromMonths: 0 }), rule({ ruleCode: 'b' })]);
    expect(against(person('2026-11-25'), dose(1, '2026-11-24'), rules)).toEqual([
      'age_not_eligible',
    ]);
    const anybody = rulebookOf([rule()]);
    expect(against(person('2026-11-25'), dose(1, '2026-11-25'), anybody)).toEqual([]);
    expect(against(person('2026-11-25'), dose(1, '2026-11-24'), anybody)).toEqual([
      'age_not_eligible',
    ]);
  });
});

describe('an age by the end of the fiscal year', () => {
  const at65 = rulebookOf([rule({ ageJudgedOn: 'fiscal-year-end', ageFromMonths: 65 * 12 })]);
  it.each([
    // 65 on 1 April 2027 is reached on 31 March: still of fiscal 2026.
    ['1962-04-01', '2026-04-01', []],
    ['1962-04-01', '2027-03-31', []],
    ['1962-04-02', '2027-03-31', ['age_not_eligible 2027-04-01']],
    ['1962-04-02', '2026-04-01', ['age_not_eligible 2027-04-01']],
    ['1962-04-02', '2027-04-01', []],
    ['1963-04-01', '2027-03-31', ['age_not_eligible 2027-04-01']],
    ['1963-04-01', '2027-04-01', []],
    ['1963-04-02', '2027-04-01', ['age_not_eligible 2028-04-01']],
  ])('born on %s, vaccinated on %s: %j', (born, day, reasons) => {
    expect(against(person(born), dose(1, day), at65)).toEqual(reasons);
  });

  it.each([
    ['1962-04-01', '2026-04-01', ['age_not_eligible']],
    ['1962-04-02', '2027-03-31', []],
    ['1962-04-02', '2027-04-01', ['age_not_eligible']],
  ])('below 65, born on %s, vaccinated on %s: %j', (born, day, reasons) => {
    const below = rule({ ageJudgedOn: 'fiscal-year-end', ageBelowMonths: 65 * 12 });
    expect(against(person(born), dose(1, day), rulebookOf([below]))).toEqual(reasons);
  });

  it.each([
    ['1947-04-01', []],
    ['1947-04-02', ['age_not_eligible']],
    ['1940-01-01', []],
    ['1939-12-31', ['age_not_eligible']],
  ])('as births, both ends included: born on %s: %j', (born, reasons) => {
    const births = rule({ bornFrom: '1940-01-01', bornTo: '1947-04-01' });
    expect(against(person(born), dose(1, '2026-11-26'), rulebookOf([births]))).toEqual(reasons);
  });
});

describe('an age fixed at the first dose', () => {
  const child = { ageJudgedOn: 'first-dose', ageFromMonths: 60, ageBelowMonths: 144 } as const;
  const rules = rulebookOf([
    rule(child),
    rule({
      ...child,
      doseFrom: 2,
      doseTo: 2,
      minimumDaysBetween: 18,
      previousDose: 'same-vaccine',
    }),
  ]);
  it.each([
    // Twelve on 4 March 2022: a first dose on that day still, and the second whenever.
    [[], dose(1, '2022-03-04'), []],
    [[], dose(1, '2022-03-05'), ['age_not_eligible']],
    [[dose(1, '2022-03-04')], dose(2, '2022-03-23'), []],
    [[dose(1, '2022-03-04')], dose(2, '2023-03-23'), []],
    [[dose(1, '2022-03-05')], dose(2, '2022-03-24'), ['age_not_eligible']],
  ])('doses %j, then %j: %j', (doses, wish, reasons) => {
    expect(against(person('2010-03-05', { doses }), wish, rules)).toEqual(reasons);
  });

  it('says a day to wait for only where the first dose still waits for it', () => {
    const young = person('2020-01-01', { doses: [dose(1, '2024-11-01')] });
    expect(against(young, dose(2, '2024-12-01'), rules)).toEqual(['age_not_eligible']);
    expect(against(person('2020-01-01'), dose(1, '2024-12-01'), rules)).toEqual([
      'age_not_eligible 2024-12-31',
    ]);
  });
});

describe('the days between two doses', () => {
  const second = (changes: Partial<DoseRule>) =>
    rulebookOf([rule({ doseFrom: 2, doseTo: 2, ...changes })]);
  const after = (first: string, day: string, changes: Partial<DoseRule>) =>
    against(person('1960-01-01', { doses: [dose(1, first)] }), dose(2, day), second(changes));

  it.each([
    // 3か月: 30 November has no 30 February (京都市), 29 November neither, save in a leap year.
    ['2022-11-30', 3, 'first-of-next', '2023-03-01'],
    ['2022-11-29', 3, 'first-of-next', '2023-03-01'],
    ['2022-11-28', 3, 'first-of-next', '2023-02-28'],
    ['2023-11-29', 3, 'first-of-next', '2024-02-29'],
    ['2023-11-30', 3, 'first-of-next', '2024-03-01'],
    ['2022-03-31', 6, 'first-of-next', '2022-10-01'],
    ['2022-03-30', 6, 'first-of-next', '2022-09-30'],
    ['2022-08-31', 6, 'first-of-next', '2023-03-01'],
    // Routine vaccines: the last day of the month.
    ['2022-11-30', 3, 'last-of-month', '2023-02-28'],
    ['2022-11-29', 3, 'last-of-month', '2023-02-28'],
    ['2023-11-30', 3, 'last-of-month', '2024-02-29'],
    ['2022-03-31', 6, 'last-of-month', '2022-09-30'],
    ['2022-12-31', 12, 'last-of-month', '2023-12-31'],
  ] as const)('%s and %i months (%s): from %s on', (first, months, monthOverflow, from) => {
    const interval = { minimumMonths: months, monthOverflow };
    const dayBefore = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10);
    expect(after(first, dayBefore, interval)).toEqual([`dose_interval_too_short ${from}`]);
    expect(after(first, from, interval)).toEqual([]);
  });

  it('of which the longer counts, where days and months are given; and never the same day', () => {
    const both = { minimumDaysBetween: 40, minimumMonths: 1 };
    expect(after('2026-06-01', '2026-07-11', both)).toEqual(['dose_interval_too_short 2026-07-12']);
    expect(after('2026-06-01', '2026-07-12', both)).toEqual([]);
    for (const none of [{}, { minimumMonths: 0 }, { minimumDaysBetween: 0 }])
      expect(after('2026-06-01', '2026-06-01', none)).toEqual([
        'dose_interval_too_short 2026-06-02',
      ]);
  });

  it('hold towards the booked dose after it too, to the day, and are said once', () => {
    const rules = rulebookOf([
      rule(),
      rule({ ruleCode: 'b', doseFrom: 2, doseTo: 3, minimumDaysBetween: 20 }),
    ]);
    const booked = person('1960-01-01', { bookings: [dose(2, '2026-12-15')] });
    expect(against(booked, dose(1, '2026-11-24'), rules)).toEqual([]);
    expect(against(booked, dose(1, '2026-11-25'), rules)).toEqual(['dose_interval_too_short']);
    const between = person('1960-01-01', {
      doses: [dose(1, '2026-11-20')],
      bookings: [dose(3, '2026-12-05')],
    });
    expect(against(between, dose(2, '2026-12-01'), rules)).toEqual([
      'dose_interval_too_short 2026-12-11',
    ]);
  });
});

describe('a dose against something else', () => {
  const otherRule = (changes: object) => ({
    ruleCode: 'o',
    programmeCodes: ['autumn'],
    disease: null,
    minimumDaysBetween: 13,
    validFrom: '2020-01-01',
    validTo: null,
    source: null,
    confidence: null,
    ...changes,
  });
  const rules = rulebookOf([rule()], {
    others: { FLU: 'influenza', TET: 'tetanus', ROTA: 'rota' },
    otherVaccineRules: [
      otherRule({}),
      otherRule({ disease: 'influenza', minimumDaysBetween: null, validFrom: '2022-07-22' }),
      otherRule({ disease: 'tetanus', minimumDaysBetween: 0 }),
    ],
  });
  const TOO_CLOSE = 'other_vaccine_too_close';
  it.each([
    // 13 days between: 1 October, then 15 October (MHLW), on either side of it.
    ['ROTA', '2026-10-01', '2026-10-14', [`${TOO_CLOSE} 2026-10-15`]],
    ['ROTA', '2026-10-01', '2026-10-15', []],
    ['ROTA', '2026-10-15', '2026-10-02', [`${TOO_CLOSE} 2026-10-29`]],
    ['ROTA', '2026-10-15', '2026-10-01', []],
    // Exempt: influenza from 2022-07-22 on, by the day of this dose.
    ['FLU', '2022-07-21', '2022-07-21', [`${TOO_CLOSE} 2022-08-04`]],
    ['FLU', '2022-07-21', '2022-07-22', []],
    ['FLU', '2026-10-01', '2026-10-01', []],
    // No days between still leaves the day itself.
    ['TET', '2026-10-01', '2026-10-01', [`${TOO_CLOSE} 2026-10-02`]],
    ['TET', '2026-10-01', '2026-10-02', []],
    // Of a product nobody has entered, the row for all others.
    ['WHAT', '2026-10-01', '2026-10-14', [`${TOO_CLOSE} 2026-10-15`]],
  ])('%s on %s, this one on %s: %j', (product, other, day, reasons) => {
    const had = person('1960-01-01', { doses: [dose(1, other, product)] });
    expect(against(had, dose(1, day), rules)).toEqual(reasons);
    const booked = person('1960-01-01', { bookings: [dose(1, other, product)] });
    expect(against(booked, dose(1, day), rules)).toEqual(reasons);
  });
});

describe('what counts', () => {
  it('doses of products that the series names, wherever they were given', () => {
    const rules = rulebookOf([rule({ doseFrom: 2, doseTo: 2 })], {
      programmes: [
        {
          programmeCode: 'autumn',
          name: { ja: '架空', en: 'invented' },
          series: { diseases: ['x'], productCodes: ['ABROAD'] },
        },
      ],
    });
    const abroad = person('1960-01-01', { doses: [dose(1, '2026-01-01', 'ABROAD')] });
    expect(against(abroad, dose(2, '2026-11-26'), rules)).toEqual([]);
    const elsewhere = person('1960-01-01', { doses: [dose(1, '2026-01-01', 'UNKNOWN')] });
    expect(against(elsewhere, dose(2, '2026-11-26'), rules)).toEqual(['dose_out_of_order']);
  });

  it('two products that nobody has entered are not the same vaccine', () => {
    const given = rulebookOf(
      [rule({ doseFrom: 2, doseTo: 2, productCodes: ['NEW'], previousDose: 'same-vaccine' })],
      {
        products: [],
        programmes: [
          {
            programmeCode: 'autumn',
            name: { ja: '架空', en: 'invented' },
            series: { diseases: [], productCodes: ['NEW'] },
          },
        ],
      },
    );
    const had = person('1960-01-01', { doses: [dose(1, '2026-01-01', 'NEW')] });
    expect(against(had, dose(2, '2026-11-26', 'NEW'), given)).toEqual([
      'previous_vaccine_not_allowed',
    ]);
  });

  it('of two doses on one day, the later number as the one before', () => {
    const rules = rulebookOf([
      rule({ doseFrom: 3, doseTo: 3, productCodes: ['XA', 'XB'], previousDose: 'same-vaccine' }),
    ]);
    const doses = [dose(2, '2026-06-01', 'XB'), dose(1, '2026-06-01', 'XA')];
    for (const given of [doses, doses.toReversed()]) {
      const had = person('1960-01-01', { doses: given });
      expect(against(had, dose(3, '2026-11-26', 'XB'), rules)).toEqual([]);
      expect(against(had, dose(3, '2026-11-26', 'XA'), rules)).toEqual([
        'previous_vaccine_not_allowed',
      ]);
    }
  });

  it('residence from its first day on', () => {
    const rules = rulebookOf([rule()]);
    const moved = person('1960-01-01', { residency: [{ from: d('2026-11-26'), to: null }] });
    expect(against(moved, dose(1, '2026-11-25'), rules)).toEqual(['not_resident_on_day']);
    expect(against(moved, dose(1, '2026-11-26'), rules)).toEqual([]);
  });

  it('only rules of the programme that is meant, where one is', () => {
    const rules = rulebookOf([
      rule({ ageFromMonths: 1_200 }),
      rule({ ruleCode: 'spring', programmeCode: 'spring' }),
    ]);
    const codes = (programmeCode: string) =>
      evaluate(
        person('1960-01-01'),
        { ...dose(1, '2026-11-26'), programmeCode },
        rules,
      ).reasons.map(({ code }) => code);
    expect(codes('autumn')).toEqual(['age_not_eligible']);
    expect(codes('spring')).toEqual([]);
    expect(codes('summer')).toEqual(['programme_not_active']);
  });
});

describe('of several rows for a dose', () => {
  const second = { doseFrom: 2, doseTo: 2 };
  const had = person('1960-01-01', { doses: [dose(1, '2026-11-01')] });
  it('the one with the fewest reasons speaks, among equals the first', () => {
    const longer = rule({ ...second, ruleCode: 'longer', minimumDaysBetween: 40 });
    const shorter = rule({ ...second, ruleCode: 'shorter', minimumDaysBetween: 30 });
    expect(against(had, dose(2, '2026-11-20'), rulebookOf([longer, shorter]))).toEqual([
      'dose_interval_too_short 2026-12-12',
    ]);
    expect(against(had, dose(2, '2026-11-20'), rulebookOf([shorter, longer]))).toEqual([
      'dose_interval_too_short 2026-12-02',
    ]);
    expect(against(had, dose(2, '2026-12-05'), rulebookOf([longer, shorter]))).toEqual([]);
  });
});

describe('a day on which nothing is given', () => {
  const rules = rulebookOf([
    rule({ ruleCode: 'past', validFrom: '2026-01-01', validTo: '2026-04-01' }),
    rule({ ruleCode: 'late', validFrom: '2027-10-01' }),
    rule({ ruleCode: 'next', validFrom: '2026-10-01', validTo: '2027-04-01' }),
    rule({
      ruleCode: 'other',
      validFrom: '2026-06-01',
      validTo: '2026-07-01',
      productCodes: ['XB'],
    }),
  ]);
  it.each([
    ['2025-12-31', ['programme_not_active 2026-01-01']],
    ['2026-04-01', ['programme_not_active 2026-10-01']],
    ['2027-04-01', ['programme_not_active 2027-10-01']],
    ['2027-09-30', ['programme_not_active 2027-10-01']],
  ])('%s: %j, the next day on which that product is', (day, reasons) => {
    expect(against(person('1960-01-01'), dose(1, day), rules)).toEqual(reasons);
  });
  it('of a dose that nobody ever gives, no day', () => {
    expect(against(person('1960-01-01'), dose(9, '2026-11-26'), rules)).toEqual([
      'programme_not_active',
    ]);
  });
});

describe('the second hand', () => {
  it('shares no line with the evaluator: it takes types alone', () => {
    const text = readFileSync(new URL('eligibility-oracle.fixture.ts', import.meta.url), 'utf8');
    const imports = text.split('\n').filter((line) => /\b(?:import|require)\b/u.test(line));
    expect(imports).toEqual([
      "import type { DoseRule, PriorityGroup, Rulebook } from './rulebook.ts';",
    ]);
  });
});

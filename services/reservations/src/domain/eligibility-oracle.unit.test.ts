import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracle, tomorrow } from './eligibility-oracle.fixture.ts';
import type { Person, Wanted } from './eligibility.ts';
import { evaluate } from './eligibility.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';
import type { PriorityGroup, Rulebook } from './rulebook.ts';

const START = '2022-12-20' as CalendarDate;
/** 31 January, the ends of February and of the fiscal year come up more often than others. */
const EDGES = [0, 42, 70, 71, 101, 102].map((offset) => addDays(START, offset));
const day = () =>
  fc.oneof(
    fc.integer({ min: 0, max: 110 }).map((offset) => addDays(START, offset)),
    fc.constantFrom(...EDGES),
  );
/** Two vaccines of the series, one against something else, and one nobody knows. */
const product = fc.constantFrom('A', 'A', 'B', 'F', 'U');
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });

const ages = fc.record({
  ageJudgedOn: fc.constantFrom(
    'vaccination-day',
    'vaccination-day',
    'first-dose',
    'fiscal-year-end',
  ),
  ageFromMonths: orNull(fc.constantFrom(0, 6, 12, 60, 84)),
  ageBelowMonths: orNull(fc.constantFrom(6, 60, 61, 84)),
  bornFrom: orNull(fc.constantFrom('2017-12-21', '2018-01-31')),
  bornTo: orNull(fc.constantFrom('2018-01-31', '2022-06-30')),
});
const birth = fc.oneof(
  fc.integer({ min: -60, max: 60 }).map((offset) => addDays('2018-01-31' as CalendarDate, offset)),
  fc.integer({ min: -60, max: 60 }).map((offset) => addDays('2022-07-31' as CalendarDate, offset)),
  fc
    .constantFrom('2016-02-29', '2017-12-21', '2018-03-31', '2018-04-01', '2018-04-02')
    .map((date) => date as CalendarDate),
);
const validity = fc.record({
  validFrom: fc.constantFrom('2022-01-01', '2022-01-01', '2023-02-01'),
  validTo: fc.constantFrom(null, null, '2023-02-01', '2023-03-31'),
});

const doseRule = fc
  .record({
    doseFrom: fc.integer({ min: 1, max: 3 }),
    more: fc.nat(1),
    productCodes: fc.constantFrom<string[][]>(['A'], ['A', 'B'], ['B']),
    groupCode: fc.constantFrom(null, null, null, 'g0'),
    previousDose: fc.constantFrom('any', 'any', 'same-vaccine', 'other-vaccine'),
    minimumDaysBetween: orNull(fc.integer({ min: 0, max: 30 })),
    minimumMonths: orNull(fc.integer({ min: 1, max: 3 })),
    monthOverflow: fc.constantFrom('first-of-next', 'last-of-month'),
    oncePerProgramme: fc.boolean(),
    programmeCode: fc.constantFrom('autumn', 'autumn', 'spring'),
    bounds: fc.option(ages, { freq: 2 }),
    range: validity,
  })
  .map(({ more, bounds, range, ...rule }) =>
    ruleWith({ ...rule, ...range, ...bounds, doseTo: rule.doseFrom + more }),
  );

const group = fc
  .record({
    listed: fc.boolean(),
    opensOn: orNull(fc.constantFrom(...EDGES)),
    bookableFrom: orNull(fc.constantFrom(...EDGES)),
    bounds: ages,
    range: validity,
  })
  .map(({ bounds, range, ...rest }): Partial<PriorityGroup> => ({ ...bounds, ...range, ...rest }));

const otherRules = fc.array(
  fc.record({
    ruleCode: fc.constant('o'),
    programmeCodes: fc.constantFrom<string[][]>(['autumn'], ['autumn', 'spring']),
    disease: fc.constantFrom(null, 'flu'),
    minimumDaysBetween: fc.constantFrom(null, 0, 13, 40),
    source: fc.constant(null),
    confidence: fc.constant(null),
    validFrom: fc.constantFrom('2022-01-01', '2022-01-01', '2023-02-01'),
    validTo: fc.constantFrom(null, null, '2023-02-01'),
  }),
  { minLength: 1, maxLength: 2 },
);

const book = fc
  .record({
    rules: fc.array(doseRule, { minLength: 1, maxLength: 5 }),
    groups: fc.array(group, { maxLength: 2 }),
    otherVaccineRules: otherRules,
    counts: fc.constantFrom(1, 1, 1, 2),
    askedOn: day(),
  })
  .map(({ rules, groups, otherVaccineRules, counts, askedOn }): Rulebook => {
    const rest = rulebookOf([ruleWith({ productCodes: ['A', 'B'] }), ...rules], {
      others: { F: 'flu' },
    });
    const name = { ja: '架空', en: 'invented' };
    return {
      ...rest,
      askedOn,
      doseRules: rules,
      otherVaccineRules,
      products: rest.products.map((one) =>
        one.productCode === 'B' ? { ...one, countsAsDoses: counts } : one,
      ),
      priorityGroups: groups.map(
        (one, place) =>
          ({ groupCode: `g${place}`, programmeCode: 'autumn', name, ...one }) as PriorityGroup,
      ),
    };
  });

const shot = fc.record({
  doseNumber: fc.integer({ min: 1, max: 3 }),
  date: day(),
  productCode: product,
});
const membership = fc.record({
  groupCode: fc.constantFrom('g0', 'g0', 'g1'),
  from: fc.constantFrom('2022-01-01', ...EDGES),
  to: fc.constantFrom(null, null, ...EDGES),
});
const person = fc.record({
  dateOfBirth: birth,
  residency: fc.constantFrom(
    [{ from: '2000-01-01' as CalendarDate, to: null }],
    [{ from: '2000-01-01' as CalendarDate, to: '2023-02-10' as CalendarDate }],
  ),
  doses: fc.array(shot, { maxLength: 2 }),
  bookings: fc.array(shot, { maxLength: 2 }),
  groups: fc.array(membership, { maxLength: 2 }),
});
const wanted = fc.record(
  {
    doseNumber: fc.integer({ min: 1, max: 4 }),
    productCode: fc.constantFrom('A', 'A', 'B', 'F'),
    date: day(),
    programmeCode: fc.constantFrom('autumn', 'autumn', 'autumn', 'spring'),
  },
  { requiredKeys: ['doseNumber', 'productCode', 'date'] },
);

const codesOf = (who: Person, what: Wanted, rules: Rulebook): string[] =>
  evaluate(who, what, rules).reasons.map((reason) => reason.code);
const bySecond = (who: Person, what: Wanted, rules: Rulebook): string[] => oracle(who, what, rules);

describe('the rules, against a second hand', () => {
  it('give the same reasons, all of them', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(person, wanted, book, (who, what, rules) => {
        const codes = codesOf(who, what, rules).toSorted();
        for (const code of codes.length > 0 ? codes : ['none'])
          seen.set(code, (seen.get(code) ?? 0) + 1);
        expect(codes).toEqual(bySecond(who, what, rules).toSorted());
      }),
      { numRuns: 5000 },
    );
    // A property that never meets a reason proves nothing about it.
    expect(Object.fromEntries([...seen].filter(([, times]) => times < 5))).toEqual({});
    expect(seen.size).toBe(14);
  }, 60_000);

  it('name the first day on which a booking is taken', () => {
    let met = 0;
    fc.assert(
      fc.property(person, wanted, book, (who, what, rules) => {
        for (const { code, bookableFrom } of evaluate(who, what, rules).reasons) {
          if (bookableFrom === undefined) continue;
          met += 1;
          const askedOn = (to: CalendarDate) => bySecond(who, what, { ...rules, askedOn: to });
          expect(askedOn(addDays(bookableFrom, -1))).toContain(code);
          expect(askedOn(bookableFrom)).not.toContain(code);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(met).toBeGreaterThan(20);
  }, 60_000);

  it('name the first day on which a reason no longer holds', () => {
    fc.assert(
      fc.property(person, wanted, doseRule, otherRules, (who, what, rule, otherVaccineRules) => {
        // One row, always in force, so that waiting changes nothing but the reason itself.
        const always = { ...rule, validFrom: '2022-01-01', validTo: null, doseFrom: 1, doseTo: 4 };
        const rows = otherVaccineRules.map((row) => ({
          ...row,
          validFrom: '2022-01-01',
          validTo: null,
        }));
        const rules = rulebookOf([always], { others: { F: 'flu' }, otherVaccineRules: rows });
        for (const { code, earliest } of evaluate(who, what, rules).reasons) {
          if (earliest === undefined) continue;
          let first: string = what.date;
          while (first < earliest) {
            expect(bySecond(who, { ...what, date: first as CalendarDate }, rules)).toContain(code);
            // Years of age are walked in larger steps, the last days one by one.
            const near = addDays(earliest, -40);
            first = first < near ? addDays(first as CalendarDate, 40) : tomorrow(first);
          }
          const then = bySecond(who, { ...what, date: earliest }, rules);
          // Later on a booked dose may come too close behind instead.
          if (code !== 'dose_interval_too_short') expect(then).not.toContain(code);
        }
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});

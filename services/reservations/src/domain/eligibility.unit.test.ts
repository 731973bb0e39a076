import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, daysBetween } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earliestAfter } from './eligibility-intervals.ts';
import type { Person } from './eligibility.ts';
import { reasonsAgainst } from './eligibility.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';
import type { DoseRule } from './rulebook.ts';

const d = (text: string) => text as CalendarDate;
const rule = (doseNumber: number, changes: Partial<DoseRule> = {}): DoseRule =>
  ruleWith({
    doseFrom: doseNumber,
    productCodes: ['COMIRNATY'],
    ageFromMonths: 144,
    minimumDaysBetween: doseNumber === 1 ? null : 20,
    ...changes,
  });
const rules = rulebookOf([rule(1), rule(2)]);
const person = (changes: Partial<Person> = {}): Person => ({
  dateOfBirth: d('1960-05-05'),
  residency: [{ from: d('1960-05-05'), to: null }],
  doses: [],
  bookings: [],
  ...changes,
});
const wanted = (doseNumber: number, date: string, productCode = 'COMIRNATY') => ({
  doseNumber,
  date: d(date),
  productCode,
});
const codes = (who: Person, what: ReturnType<typeof wanted>) =>
  reasonsAgainst(who, what, rules).map((reason) => reason.code);

describe('eligibility', () => {
  it('says yes with no reason', () => expect(codes(person(), wanted(1, '2026-11-24'))).toEqual([]));
  it.each([
    ['2026-09-30', ['programme_not_active']],
    ['2027-03-31', []],
    ['2027-04-01', ['programme_not_active']],
  ])('the programme on %s: %j', (date, reasons) =>
    expect(codes(person(), wanted(1, date))).toEqual(reasons),
  );
  it('reaches an age on the day before the birthday', () => {
    const child = person({ dateOfBirth: d('2014-11-25') });
    expect(codes(child, wanted(1, '2026-11-23'))).toEqual(['age_not_eligible']);
    expect(codes(child, wanted(1, '2026-11-24'))).toEqual([]);
  });
  it('names no day to wait for on which the dose is no longer on offer, and one that the next rule covers', () => {
    const child = (dateOfBirth: string) => person({ dateOfBirth: d(dateOfBirth) });
    const dayOf = (who: Person, book = rules) =>
      reasonsAgainst(who, wanted(1, '2026-12-01'), book)[0];
    expect(dayOf(child('2015-04-01'))).toEqual({
      code: 'age_not_eligible',
      earliest: '2027-03-31',
    });
    expect(dayOf(child('2015-04-02'))).toEqual({ code: 'age_not_eligible' });
    const next = rule(1, { validFrom: d('2027-04-01'), validTo: null });
    expect(dayOf(child('2015-04-02'), rulebookOf([rule(1), next]))?.earliest).toBe('2027-04-01');
  });
  it('looks at residence on the day, not today', () => {
    const leaves = person({ residency: [{ from: d('1960-05-05'), to: d('2026-12-01') }] });
    expect(codes(leaves, wanted(1, '2026-11-30'))).toEqual([]);
    expect(codes(leaves, wanted(1, '2026-12-01'))).toEqual(['not_resident_on_day']);
  });
  it('gives all reasons, not the first', () => {
    const who = person({
      dateOfBirth: d('2020-01-01'),
      bookings: [{ doseNumber: 1, date: d('2026-12-01'), productCode: 'COMIRNATY' }],
    });
    expect(codes(who, wanted(1, '2026-11-24', 'OTHER'))).toEqual([
      'product_not_allowed',
      'age_not_eligible',
      'already_booked',
    ]);
  });
  it('counts 中20日 as 21 days later, also from a booking', () => {
    const first = person({
      bookings: [{ doseNumber: 1, date: d('2026-11-24'), productCode: 'COMIRNATY' }],
    });
    expect(codes(first, wanted(2, '2026-12-14'))).toEqual(['dose_interval_too_short']);
    expect(codes(first, wanted(2, '2026-12-15'))).toEqual([]);
    expect(codes(person(), wanted(2, '2026-12-15'))).toEqual(['dose_out_of_order']);
    expect(reasonsAgainst(first, wanted(2, '2026-12-14'), rules)[0]?.earliest).toBe('2026-12-15');
  });
  it('moves a missing day to the first of the next month', () => {
    expect(
      earliestAfter(d('2022-11-30'), rule(3, { minimumDaysBetween: null, minimumMonths: 3 })),
    ).toBe('2023-03-01');
  });
  it('agrees with an oracle that counts days one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 40 }),
        (after, between) => {
          const first = d('2026-10-15');
          const date = addDays(first, after);
          const reasons = reasonsAgainst(
            person({ doses: [{ doseNumber: 1, date: first, productCode: 'COMIRNATY' }] }),
            { doseNumber: 2, date, productCode: 'COMIRNATY' },
            rulebookOf([rule(2, { minimumDaysBetween: between })]),
          );
          let daysInBetween = 0;
          for (let day = addDays(first, 1); day < date; day = addDays(day, 1)) daysInBetween += 1;
          const enough = daysBetween(first, date) > 0 && daysInBetween >= between;
          expect(reasons.length === 0).toBe(enough);
        },
      ),
    );
  });
});

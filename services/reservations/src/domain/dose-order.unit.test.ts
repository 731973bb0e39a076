import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person } from './eligibility.ts';
import { reasonsAgainst } from './eligibility.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';

const start = '2026-10-01' as CalendarDate;
const rule = (doseNumber: number, minimumDaysBetween: number | null) =>
  ruleWith({
    doseFrom: doseNumber,
    validFrom: start,
    validTo: addDays(start, 400),
    minimumDaysBetween,
  });
const person = (bookings: Person['bookings']): Person => ({
  dateOfBirth: '1960-01-01' as CalendarDate,
  residency: [{ from: '1960-01-01' as CalendarDate, to: null }],
  doses: [],
  bookings,
});

describe('the interval between two booked doses (I2)', () => {
  it('holds whichever of the two is chosen last', () => {
    fc.assert(
      fc.property(fc.nat(120), fc.nat(120), fc.nat(40), (first, second, between) => {
        const rules = rulebookOf([rule(1, null), rule(2, between)]);
        const days = { 1: addDays(start, first), 2: addDays(start, second) };
        const codes = (doseNumber: 1 | 2, other: 1 | 2) =>
          reasonsAgainst(
            person([{ doseNumber: other, date: days[other], productCode: 'XA' }]),
            { doseNumber, productCode: 'XA', date: days[doseNumber] },
            rules,
          ).map((reason) => reason.code);
        const expected = second - first - 1 >= between ? [] : ['dose_interval_too_short'];
        expect(codes(2, 1)).toEqual(expected);
        expect(codes(1, 2)).toEqual(expected);
      }),
    );
  });
});

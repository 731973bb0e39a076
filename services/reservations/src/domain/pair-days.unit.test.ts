import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, daysBetween } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person } from './eligibility.ts';
import { reasonsAgainst } from './eligibility.ts';
import { pairDays, withFirst } from './pair-days.ts';
import type { DoseRule } from './rulebook.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';

const day = (text: string) => text as CalendarDate;
const first = { doseNumber: 1, date: day('2026-11-26'), productCode: 'XA' };
const second = (changes: Partial<DoseRule> = {}) =>
  ruleWith({ doseFrom: 2, minimumDaysBetween: 18, standardOffsetDays: 21, ...changes });
const person = (changes: Partial<Person> = {}): Person => ({
  dateOfBirth: day('1960-01-01'),
  residency: [{ from: day('1960-01-01'), to: null }],
  doses: [],
  bookings: [],
  ...changes,
});
const daysOf = (changes: Partial<DoseRule>, who = person()) => {
  const found = pairDays(who, first, rulebookOf([ruleWith({}), second(changes)]));
  return found.ok ? found.value : found.refusal.code;
};

describe('given a first dose on Thursday 26 November', () => {
  it('when 3 weeks are standard and 中18日 the least: then the same weekday, and the Tuesday before it', () =>
    expect(daysOf({})).toEqual({
      productCode: 'XA',
      earliest: '2026-12-15',
      standard: '2026-12-17',
    }));
  it('when the rule has no standard interval: then its shortest is the standard', () =>
    expect(daysOf({ standardOffsetDays: null })).toMatchObject({ standard: '2026-12-15' }));
  it('when the standard interval is shorter than the least one: then the least one counts', () =>
    expect(daysOf({ standardOffsetDays: 14 })).toMatchObject({ standard: '2026-12-15' }));
  it('when the person moves away before it: then not_resident_on_day', () =>
    expect(
      daysOf({}, person({ residency: [{ from: day('1960-01-01'), to: day('2026-12-10') }] })),
    ).toBe('not_resident_on_day'));
  it('when the second is booked already: then already_booked', () =>
    expect(
      daysOf({}, person({ bookings: [{ ...first, doseNumber: 2, date: day('2026-12-20') }] })),
    ).toBe('already_booked'));
  it('when there is no rule for a second dose: then programme_not_active', () =>
    expect(pairDays(person(), first, rulebookOf([ruleWith({})]))).toMatchObject({
      refusal: { code: 'programme_not_active' },
    }));
  it('when the second must be of another vaccine: then that product is proposed', () => {
    const rules = rulebookOf([
      ruleWith({}),
      second({ productCodes: ['XB'], previousDose: 'other-vaccine' }),
    ]);
    expect(pairDays(person(), first, rules)).toMatchObject({ value: { productCode: 'XB' } });
  });
  it('when the month has no such day: then the first of the next month', () => {
    const onThe30th = { ...first, date: day('2026-11-30') };
    const rules = rulebookOf([
      ruleWith({}),
      second({ minimumDaysBetween: null, minimumMonths: 3, standardOffsetDays: null }),
    ]);
    expect(pairDays(person(), onThe30th, rules)).toMatchObject({
      value: { earliest: '2027-03-01' },
    });
  });
});

describe('whatever the intervals', () => {
  it('the earliest day is the first that the rules allow, and the standard day is never before it', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.option(fc.nat(90)), (minimumDaysBetween, standardOffsetDays) => {
        const rules = rulebookOf([
          ruleWith({}),
          second({ minimumDaysBetween, standardOffsetDays }),
        ]);
        const found = pairDays(person(), first, rules);
        if (!found.ok) throw new Error(found.refusal.code);
        const { earliest, standard } = found.value;
        const allowed = (date: CalendarDate): boolean =>
          reasonsAgainst(withFirst(person(), first), { ...first, doseNumber: 2, date }, rules)
            .length === 0;
        for (let date = addDays(first.date, 1); date < earliest; date = addDays(date, 1))
          expect(allowed(date)).toBe(false);
        expect([allowed(earliest), allowed(standard)]).toEqual([true, true]);
        expect(daysBetween(first.date, standard)).toBe(
          Math.max(minimumDaysBetween + 1, standardOffsetDays ?? 0),
        );
      }),
    );
  });
});

import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import { allowedDays, weekdayOf } from './allowed-days.ts';
import type { Person } from './eligibility.ts';
import { rulebookOf, ruleWith } from './rulebook.fixture.ts';

const d = (text: string) => text as CalendarDate;
const validTo = '2026-12-01';
const rules = rulebookOf([
  ruleWith({ productCodes: ['A', 'B'], validTo }),
  ruleWith({ doseFrom: 2, productCodes: ['A'], minimumDaysBetween: 20, validTo }),
]);
const person: Person = {
  dateOfBirth: d('1960-05-05'),
  residency: [{ from: d('1960-05-05'), to: null }],
  doses: [{ doseNumber: 1, date: d('2026-10-20'), productCode: 'A' }],
  bookings: [],
};
const range = { from: d('2026-11-01'), to: d('2026-12-05') };

describe('allowed days', () => {
  it('are those of the range on which no reason stands against the dose', () => {
    const { daysOf, reasons, earliest } = allowedDays(person, { doseNumber: 2, ...range }, rules);
    const days = daysOf.get('A') ?? [];
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-11-10', '2026-11-30', 21]);
    expect(earliest).toBe('2026-11-10');
    expect(reasons).toEqual([
      { code: 'dose_interval_too_short', earliest: '2026-11-10' },
      { code: 'programme_not_active' },
    ]);
  });
  it('are of every product of the dose, or of the one asked for', () => {
    const fresh = { ...person, doses: [] };
    const wanted = { doseNumber: 1, from: d('2026-11-01'), to: d('2026-11-01') };
    expect([...allowedDays(fresh, wanted, rules).daysOf.keys()]).toEqual(['A', 'B']);
    expect([...allowedDays(fresh, { ...wanted, productCode: 'B' }, rules).daysOf.keys()]).toEqual([
      'B',
    ]);
    const other = allowedDays(fresh, { ...wanted, productCode: 'C' }, rules);
    expect([other.daysOf.size, other.reasons]).toEqual([0, [{ code: 'product_not_allowed' }]]);
  });
  it('are of the weekdays asked for; other days give no reason', () => {
    const { daysOf, reasons } = allowedDays(
      person,
      { doseNumber: 2, from: d('2026-11-14'), to: d('2026-11-30'), weekdays: ['sat', 'sun'] },
      rules,
    );
    expect(daysOf.get('A')).toEqual([
      '2026-11-14',
      '2026-11-15',
      '2026-11-21',
      '2026-11-22',
      '2026-11-28',
      '2026-11-29',
    ]);
    expect(reasons).toEqual([]);
  });
  it('knows the day of the week, as a calendar has it', () => {
    for (let day = d('2026-11-20'); day < '2027-03-10'; day = addDays(day, 1)) {
      const name = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' });
      expect(weekdayOf(day)).toBe(name.format(new Date(`${day}T00:00:00Z`)).toLowerCase());
    }
  });
  it('says that there is no programme for a dose that no rule names', () =>
    expect(allowedDays(person, { doseNumber: 7, ...range }, rules).reasons).toEqual([
      { code: 'programme_not_active' },
    ]));
});

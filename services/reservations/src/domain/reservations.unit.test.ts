import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, daysBetween } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DoseRule, Person } from './eligibility.ts';
import { earliestAfter, reasonsAgainst } from './eligibility.ts';
import type { SlotState } from './slot-state.ts';
import { freeFor, refusalOf } from './slot-state.ts';

const d = (text: string) => text as CalendarDate;
const rule = (doseNumber: number, changes: Partial<DoseRule> = {}): DoseRule => ({
  programmeCode: 'autumn',
  doseNumber,
  productCodes: ['COMIRNATY'],
  validFrom: d('2026-10-01'),
  validTo: d('2027-04-01'),
  ageFrom: 12,
  ageBelow: null,
  minimumDaysBetween: doseNumber === 1 ? null : 20,
  minimumMonths: null,
  monthOverflow: 'first-of-next',
  ...changes,
});
const rules = [rule(1), rule(2)];
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
  it('looks at residence on the day, not today', () => {
    const leaves = person({ residency: [{ from: d('1960-05-05'), to: d('2026-12-01') }] });
    expect(codes(leaves, wanted(1, '2026-11-30'))).toEqual([]);
    expect(codes(leaves, wanted(1, '2026-12-01'))).toEqual(['not_resident_on_day']);
  });
  it('gives all reasons, not the first', () => {
    const who = person({
      dateOfBirth: d('2020-01-01'),
      bookings: [{ doseNumber: 1, date: d('2026-12-01') }],
    });
    expect(codes(who, wanted(1, '2026-11-24', 'OTHER'))).toEqual([
      'product_not_allowed',
      'age_not_eligible',
      'already_booked',
    ]);
  });
  it('counts 中20日 as 21 days later, also from a booking', () => {
    const first = person({ bookings: [{ doseNumber: 1, date: d('2026-11-24') }] });
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
            [rule(2, { minimumDaysBetween: between })],
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

describe('a slot', () => {
  const at = (time: string) => new Date(`2026-11-24T${time}:00+09:00`);
  const slot = (changes: Partial<SlotState> = {}): SlotState => ({
    capacity: 6,
    booked: 0,
    held: 0,
    phoneQuota: 3,
    phoneTaken: 0,
    opensAt: at('08:00'),
    closesAt: at('12:00'),
    startsAt: at('13:00'),
    closed: false,
    ...changes,
  });
  it.each([
    ['07:59', 'slot_not_open'],
    ['08:00', undefined],
    ['12:00', 'slot_closed'],
    ['13:00', 'slot_in_past'],
  ])('at %s: %s, operators included (B26)', (time, refusal) =>
    expect(refusalOf(slot(), 'phone', at(time))).toBe(refusal),
  );
  it('keeps what the phone was promised from the web, and the rest from the phone', () => {
    expect(freeFor(slot(), 'web')).toBe(3);
    expect(freeFor(slot({ booked: 3 }), 'web')).toBe(0);
    expect(freeFor(slot({ booked: 3 }), 'phone')).toBe(3);
    expect(refusalOf(slot({ booked: 3, phoneTaken: 3 }), 'phone', at('09:00'))).toBe(
      'channel_quota_reached',
    );
  });
  it('never promises more than there is', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(20), (capacity, quota, phone, web) => {
        const phoneQuota = Math.min(quota, capacity);
        const phoneTaken = Math.min(phone, phoneQuota);
        const state = slot({
          capacity,
          phoneQuota,
          phoneTaken,
          booked: Math.min(capacity, phoneTaken + web),
        });
        const left = state.capacity - state.booked;
        expect(freeFor(state, 'phone') + freeFor(state, 'web')).toBeLessThanOrEqual(
          Math.max(left, 0),
        );
      }),
    );
  });
});

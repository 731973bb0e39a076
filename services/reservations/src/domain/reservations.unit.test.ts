import { CHANNELS } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, daysBetween } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DoseRule, Person } from './eligibility.ts';
import { earliestAfter, reasonsAgainst } from './eligibility.ts';
import type { PerChannel, SlotState } from './slot-state.ts';
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
  const per = (changes: Partial<PerChannel> = {}): PerChannel => ({
    phone: 0,
    web: 0,
    staff: 0,
    'walk-in': 0,
    ...changes,
  });
  const slot = (changes: Partial<SlotState> = {}): SlotState => ({
    capacity: 6,
    booked: 0,
    held: 0,
    quota: per({ phone: 3, web: 2 }),
    taken: per(),
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
  it('keeps what the phone was promised from the web, and the other way round', () => {
    expect(freeFor(slot(), 'web')).toBe(3);
    expect(freeFor(slot(), 'phone')).toBe(4);
    expect(freeFor(slot(), 'walk-in')).toBe(1);
    const webFull = slot({ booked: 3, taken: per({ web: 3 }) });
    expect(freeFor(webFull, 'web')).toBe(0);
    expect(freeFor(webFull, 'phone')).toBe(3);
    expect(refusalOf(webFull, 'web', at('09:00'))).toBe('channel_quota_reached');
    const full = slot({ booked: 6, taken: per({ web: 3, phone: 3 }) });
    expect(refusalOf(full, 'web', at('09:00'))).toBe('slot_full');
  });
  it('lets every channel have what it was promised, whatever the others took before', () => {
    const perChannel = fc.record({
      phone: fc.nat(6),
      web: fc.nat(6),
      staff: fc.nat(6),
      'walk-in': fc.nat(6),
    });
    const channel = fc.constantFrom(...CHANNELS);
    fc.assert(
      fc.property(
        perChannel,
        fc.nat(6),
        fc.array(channel, { maxLength: 60 }),
        (quota, more, asks) => {
          const capacity = Object.values(quota).reduce((a, b) => a + b, 0) + more;
          let state = slot({ capacity, quota });
          for (const by of asks) {
            if (freeFor(state, by) === 0) continue;
            state = {
              ...state,
              booked: state.booked + 1,
              taken: { ...state.taken, [by]: state.taken[by] + 1 },
            };
            expect(state.booked).toBeLessThanOrEqual(capacity);
            for (const one of CHANNELS)
              expect(freeFor(state, one)).toBeGreaterThanOrEqual(quota[one] - state.taken[one]);
          }
        },
      ),
    );
  });
});

import type { CalendarDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offerTime } from './offer-time.ts';
import { rulebookOf, ruleWith } from './rulebook.fixture.ts';
import type { SlotState } from './slot-state.ts';
import { refusalOf } from './slot-state.ts';
import { afterOffer, maySitOn, reasonAgainstWaiting } from './waiting.ts';
import { CALLING_ON_WEEKDAYS as setting } from './waitlist-setting.fixture.ts';

const at = (text: string) => new Date(`${text}+09:00`);
const far = { closesAt: at('2026-12-20T09:00'), startsAt: at('2026-12-20T09:00') };
const time = (reach: 'phone' | 'web', now: string, slot = far) => {
  const found = offerTime({ reach, now: at(now), slot }, setting);
  return found && [found.from, found.until];
};

describe('the time of an offer', () => {
  // 27 November 2026 is a Friday.
  it.each([
    ['in calling hours', '2026-11-27T10:00', '2026-11-27T10:00', '2026-11-27T10:30'],
    ['before them', '2026-11-27T03:00', '2026-11-27T09:00', '2026-11-27T09:30'],
    ['after them', '2026-11-26T20:00', '2026-11-27T09:00', '2026-11-27T09:30'],
    ['over a weekend', '2026-11-27T17:20', '2026-11-27T17:20', '2026-11-30T09:20'],
    ['at their end', '2026-11-27T17:30', '2026-11-30T09:00', '2026-11-30T09:30'],
    ['on a Sunday', '2026-11-29T12:00', '2026-11-30T09:00', '2026-11-30T09:30'],
    ['on a holiday', '2026-11-23T10:00', '2026-11-24T09:00', '2026-11-24T09:30'],
    ["on a day of the city's own", '2026-12-11T10:00', '2026-12-14T09:00', '2026-12-14T09:30'],
  ])('by telephone, %s', (_when, now, from, until) =>
    expect(time('phone', now)).toEqual([at(from), at(until)]),
  );
  it('on the web runs day and night', () =>
    expect(time('web', '2026-11-29T23:50')).toEqual([
      at('2026-11-29T23:50'),
      at('2026-11-30T00:05'),
    ]));
  it('never outlives the slot, and is not made when nobody could be asked in it', () => {
    const slot = { closesAt: at('2026-11-27T10:20'), startsAt: at('2026-11-27T10:40') };
    expect(time('phone', '2026-11-27T10:00', slot)?.[1]).toEqual(at('2026-11-27T10:20'));
    expect(time('phone', '2026-11-27T10:16', slot)).toBeUndefined();
    expect(time('web', '2026-11-27T10:15', slot)?.[1]).toEqual(at('2026-11-27T10:20'));
    const monday = { closesAt: at('2026-11-30T09:00'), startsAt: at('2026-11-30T09:00') };
    expect(time('phone', '2026-11-27T18:00', monday)).toBeUndefined();
  });
  it('by telephone, stands still over the turn of the year', () => {
    const spring = { closesAt: at('2027-03-01T09:00'), startsAt: at('2027-03-01T09:00') };
    expect(time('phone', '2026-12-28T17:20', spring)).toEqual([
      at('2026-12-28T17:20'),
      at('2027-01-04T09:20'),
    ]);
    const asked = { reach: 'phone' as const, now: at('2026-12-28T17:20'), slot: spring };
    expect(offerTime(asked, { ...setting, callsOnHolidays: true })?.until).toEqual(
      at('2026-12-29T09:20'),
    );
  });
  it('is not made when nobody is ever called', () =>
    expect(
      offerTime(
        { reach: 'phone', now: at('2026-11-27T10:00'), slot: far },
        { ...setting, callingWeekdays: [] },
      ),
    ).toBeUndefined());
});

describe('after an offer', () => {
  it.each([
    ['declined', true, 0, 'waiting', 0],
    ['declined', false, 0, 'left', 0],
    ['withdrawn', true, 2, 'waiting', 2],
    ['expired', true, 0, 'waiting', 1],
    ['expired', true, 1, 'waiting', 2],
    ['expired', true, 2, 'ended', 3],
  ] as const)('%s (stay %s, %d missed): %s', (ended, stay, offersMissed, state, missed) =>
    expect(afterOffer(ended, { offersMissed, stay }, 3)).toMatchObject({
      state,
      offersMissed: missed,
    }),
  );
});

const counts = fc.record({ phone: fc.nat(3), web: fc.nat(3), staff: fc.nat(2), walk: fc.nat(2) });
const perChannel = ({ phone, web, staff, walk }: Record<string, number>) => ({
  phone: phone ?? 0,
  web: web ?? 0,
  staff: staff ?? 0,
  'walk-in': walk ?? 0,
});
const sum = (one: Record<string, number>) => Object.values(one).reduce((all, n) => all + n, 0);

describe('a seat that changes its channel', () => {
  it('breaks no promise, whatever the counts', () => {
    fc.assert(
      fc.property(counts, counts, fc.nat(3), (quota, taken, open) => {
        const capacity = sum(quota) + open;
        const slot: SlotState = {
          capacity,
          booked: 0,
          held: sum(taken),
          quota: perChannel(quota),
          taken: perChannel(taken),
          opensAt: new Date(0),
          closesAt: new Date(2),
          startsAt: new Date(2),
          closed: false,
        };
        const kept = (one: SlotState) =>
          sum(
            (['phone', 'web', 'staff', 'walk-in'] as const).reduce(
              (over, channel) => ({
                ...over,
                [channel]: Math.max(0, one.taken[channel] - one.quota[channel]),
              }),
              {},
            ),
          ) <= open;
        fc.pre(kept(slot) && slot.taken.web > 0);
        const moved = {
          ...slot,
          taken: { ...slot.taken, web: slot.taken.web - 1, phone: slot.taken.phone + 1 },
        };
        expect(maySitOn(slot, 'web', 'phone')).toBe(kept(moved));
        expect(maySitOn(slot, 'web', 'web')).toBe(true);
        expect(refusalOf(slot, 'web', new Date(1))).not.toBe('slot_closed');
      }),
    );
  });
});

describe('waiting', () => {
  const d = (text: string) => text as CalendarDate;
  const rules = rulebookOf([ruleWith({ ageFromMonths: 144 })]);
  const child = {
    dateOfBirth: d('2014-12-05'),
    residency: [{ from: d('2014-12-05'), to: null }],
    doses: [],
    bookings: [],
  };
  const wanted = (from: string, to: string, productCode?: string) => ({
    doseNumber: 1,
    from: d(from),
    to: d(to),
    productCode,
  });
  it('makes sense when one day of the range is allowed', () => {
    const days = wanted('2026-12-01', '2026-12-04');
    expect(reasonAgainstWaiting(child, days, rules)).toBeUndefined();
  });
  it('does not when none is, and says why', () => {
    const days = wanted('2026-12-01', '2026-12-03');
    expect(reasonAgainstWaiting(child, days, rules)?.code).toBe('age_not_eligible');
    const nothing = wanted('2027-04-01', '2027-04-10');
    expect(reasonAgainstWaiting(child, nothing, rules)?.code).toBe('programme_not_active');
    const other = wanted('2026-12-04', '2026-12-10', 'B');
    expect(reasonAgainstWaiting(child, other, rules)?.code).toBe('product_not_allowed');
  });
});

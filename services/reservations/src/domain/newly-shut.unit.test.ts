import type { CalendarDate } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import type { VenueOffer } from './newly-shut.ts';
import { whyNewlyShut } from './newly-shut.ts';

const open: VenueOffer = {
  closesOnHolidays: false,
  closedDays: [],
  activeFrom: null,
  activeTo: null,
  openWeekdays: [1, 2],
  productCodes: ['A', 'B'],
  hours: [
    { weekday: 1, opens: '09:00', closes: '12:00' },
    { weekday: 1, opens: '12:00', closes: '17:00' },
    { weekday: 2, opens: '09:00', closes: '17:00' },
  ],
};
/** A Monday. */
const date = '2026-11-30' as CalendarDate;
const slot = { date, startsAt: '11:55', endsAt: '12:05', productCode: 'A' };
const after = (changes: Partial<VenueOffer>, was: Partial<VenueOffer> = {}) =>
  whyNewlyShut({ was: { ...open, ...was }, is: { ...open, ...changes } }, slot);

describe('a slot after a change of its venue', () => {
  it.each([
    ['nothing changes', {}, undefined],
    ['the day is closed', { closedDays: ['2026-11-30'] }, 'venue_closed_on_day'],
    ['another day is closed', { closedDays: ['2026-12-01'] }, undefined],
    ['its product is taken off', { productCodes: ['B'] }, 'product_not_allowed'],
    ['all products are given', { productCodes: [] }, undefined],
    [
      'the venue closes while it lasts',
      { hours: [{ weekday: 1, opens: '09:00', closes: '12:00' }] },
      'session_outside_hours',
    ],
    [
      'a break begins in it',
      {
        hours: [
          { weekday: 1, opens: '09:00', closes: '12:00' },
          { weekday: 1, opens: '12:01', closes: '17:00' },
        ],
      },
      'session_outside_hours',
    ],
    ['no hours are known any more', { hours: [], openWeekdays: [] }, undefined],
  ])('where %s', (_, changes, why) => {
    expect(after(changes)).toBe(why);
  });

  it('is not told again where it was so before, and told by the first of several reasons', () => {
    const off = { productCodes: ['B'] };
    expect(after(off, off)).toBeUndefined();
    expect(after({ ...off, closedDays: ['2026-11-30'] })).toBe('venue_closed_on_day');
  });
});

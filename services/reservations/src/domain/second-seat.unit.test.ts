import type { CalendarDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from './second-seat.ts';
import { bySeatBeside, bySecondSeat } from './second-seat.ts';

const place = (name: string): Place => {
  const [venueCode = '', date = '', startsAtTime = ''] = name.split(' ');
  return { slotId: name, venueCode, date: date as CalendarDate, startsAtTime };
};
const sorted = (names: string[], by: (one: Place, other: Place) => number): string[] =>
  names
    .map(place)
    .toSorted(by)
    .map(({ slotId }) => slotId);

describe('the second seat of a pair', () => {
  const wanted = {
    first: place('A 2026-11-26 10:00'),
    standard: '2026-12-17' as CalendarDate,
  };
  it('is at the same venue and time, else nearest in day, later first, then in time, then elsewhere', () => {
    const order = [
      'A 2026-12-17 10:00',
      'A 2026-12-17 10:10',
      'A 2026-12-17 09:50',
      'A 2026-12-17 14:00',
      'A 2026-12-18 10:00',
      'A 2026-12-16 10:00',
      'A 2026-12-24 10:00',
      'B 2026-12-17 10:00',
      'B 2026-12-17 09:00',
    ];
    expect(sorted(order.toReversed(), bySecondSeat(wanted))).toEqual(order);
  });
});

describe('a seat beside', () => {
  const beside = place('A 2026-11-26 10:00');
  it('is the same slot, else the nearest time, after it rather than before', () => {
    const order = [
      'A 2026-11-26 10:00',
      'A 2026-11-26 10:10',
      'A 2026-11-26 09:50',
      'A 2026-11-26 10:20',
    ];
    expect(sorted(order.toReversed(), bySeatBeside(beside))).toEqual(order);
  });
});

describe('both orders', () => {
  const places = fc.uniqueArray(
    fc
      .record({
        venue: fc.constantFrom('A', 'B'),
        date: fc.constantFrom('2026-12-15', '2026-12-17', '2026-12-19'),
        time: fc.constantFrom('09:00', '09:50', '10:00', '10:10', '11:00'),
      })
      .map(({ venue, date, time }) => `${venue} ${date} ${time}`),
  );
  it.each([
    [
      'second',
      bySecondSeat({ first: place('A 2026-11-26 10:00'), standard: '2026-12-17' as CalendarDate }),
    ],
    ['beside', bySeatBeside(place('A 2026-12-17 10:00'))],
  ])('are total: the order given does not matter (%s)', (_name, by) => {
    fc.assert(
      fc.property(places, fc.infiniteStream(fc.nat()), (names, keys) => {
        const shuffled = names
          .map((name) => ({ name, key: keys.next().value ?? 0 }))
          .toSorted((one, other) => one.key - other.key)
          .map(({ name }) => name);
        expect(sorted(shuffled, by)).toEqual(sorted(names, by));
      }),
    );
  });
});

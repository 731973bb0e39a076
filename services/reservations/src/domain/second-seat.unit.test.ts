import type { CalendarDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from './second-seat.ts';
import { bySeatBeside, bySecondSeat, spreadChoice } from './second-seat.ts';

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

describe('seats to choose from', () => {
  const first = place('A 2026-11-26 10:00');
  const standard = '2026-12-17' as CalendarDate;
  const tenths = ['00', '10', '20', '30', '40', '50'];
  /** Every ten minutes of a day's hours. */
  const dayOf = (venue: string, date: string, hours: readonly string[]): string[] =>
    hours.flatMap((hour) => tenths.map((minute) => `${venue} ${date} ${hour}:${minute}`));
  const HOURS = ['09', '10', '11', '13', '14', '15', '16'];
  const choice = (names: string[], limit = 5): string[] =>
    spreadChoice(names.map(place).toSorted(bySecondSeat({ first, standard })), limit).map(
      ({ slotId }) => slotId,
    );

  it('begin with the best, then other times of its day, then the days around', () => {
    const all = ['2026-12-16', '2026-12-17', '2026-12-18'].flatMap((date) =>
      dayOf('A', date, HOURS),
    );
    expect(choice(all)).toEqual([
      'A 2026-12-17 10:00',
      'A 2026-12-17 13:00',
      'A 2026-12-17 15:00',
      'A 2026-12-18 10:00',
      'A 2026-12-16 10:00',
    ]);
    expect(choice(all, 7).slice(5)).toEqual(['A 2026-12-18 13:00', 'A 2026-12-18 15:00']);
  });
  it('are alike only where nothing else is free', () =>
    expect(choice(dayOf('A', '2026-12-17', ['10']), 3)).toEqual([
      'A 2026-12-17 10:00',
      'A 2026-12-17 10:10',
      'A 2026-12-17 10:20',
    ]));
  it('name other venues behind this one', () =>
    expect(choice([...dayOf('B', '2026-12-17', ['10']), 'A 2026-12-20 16:00'], 2)).toEqual([
      'A 2026-12-20 16:00',
      'B 2026-12-17 10:00',
    ]));
  it('are none where none is free', () => expect(choice([])).toEqual([]));
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

import { addDays, calendarDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResidencyEvent, ResidencyKind } from './residency.ts';
import { isWithin, residencyIntervals, RESIDENCY_KINDS, wasResident } from './residency.ts';
import { reviseResidency } from './revise-residency.ts';

const day = calendarDate;
const birth = day('1980-01-01');
const event = (
  kind: ResidencyKind,
  on: string,
  knownFrom: string = on,
  knownUntil?: string,
): ResidencyEvent => ({
  kind,
  on: day(on),
  knownFrom: day(knownFrom),
  knownUntil: knownUntil === undefined ? null : day(knownUntil),
});
const was = (events: readonly ResidencyEvent[], on: string, known: string) =>
  wasResident(events, { birth, on: day(on), knownOn: day(known) });

describe('residence as known now', () => {
  it.each<[string, ResidencyEvent[], [string, string | null][]]>([
    ['nothing told: here since birth', [], [['1980-01-01', null]]],
    ['moved in', [event('moved-in', '2020-04-01')], [['2020-04-01', null]]],
    [
      'moved in and out, the day of leaving being another city’s',
      [event('moved-in', '2020-04-01'), event('moved-out', '2024-03-31')],
      [['2020-04-01', '2024-03-31']],
    ],
    ['died: resident on that day', [event('died', '2024-03-31')], [['1980-01-01', '2024-04-01']]],
    [
      'a planned move ends nothing',
      [event('move-out-planned', '2024-03-31')],
      [['1980-01-01', null]],
    ],
    [
      'a confirmed one does, on its own day',
      [event('move-out-planned', '2024-03-31', '2024-03-20'), event('moved-out', '2024-04-02')],
      [['1980-01-01', '2024-04-02']],
    ],
    [
      'a move taken back was none',
      [event('moved-out', '2024-03-31'), event('move-out-cancelled', '2024-04-05')],
      [['1980-01-01', null]],
    ],
    [
      'a cancellation reaches no move that somebody came back from',
      [
        event('moved-out', '2010-01-01'),
        event('moved-in', '2015-01-01'),
        event('move-out-cancelled', '2024-04-05'),
      ],
      [
        ['1980-01-01', '2010-01-01'],
        ['2015-01-01', null],
      ],
    ],
    [
      'removed by the office and entered again',
      [event('removed-ex-officio', '2012-05-01'), event('entered-ex-officio', '2013-02-03')],
      [
        ['1980-01-01', '2012-05-01'],
        ['2013-02-03', null],
      ],
    ],
    [
      'moves within the city, marriages and corrections change nothing',
      [event('moved-within', '2011-01-01'), event('name-changed', '2012-01-01')],
      [['1980-01-01', null]],
    ],
    [
      'left and came on one day: stays',
      [
        event('moved-in', '2010-04-01'),
        event('moved-out', '2020-06-01'),
        event('moved-in', '2020-06-01'),
      ],
      [['2010-04-01', null]],
    ],
  ])('%s', (_what, events, expected) => {
    expect(residencyIntervals(events, birth)).toEqual(expected.map(([from, to]) => ({ from, to })));
  });
});

describe('residence as it was known', () => {
  it('answers by what had been heard on a day', () => {
    const events = [
      event('moved-in', '2020-04-01'),
      event('moved-out', '2026-11-01', '2026-11-20'),
    ];
    expect(was(events, '2026-11-10', '2026-11-19')).toBe(true);
    expect(was(events, '2026-11-10', '2026-11-20')).toBe(false);
    expect(was(events, '2026-10-31', '2026-11-20')).toBe(true);
  });
  it('knows nobody from elsewhere before hearing of them', () => {
    const events = [event('moved-in', '2026-11-01', '2026-11-12')];
    expect(was(events, '2026-11-05', '2026-11-11')).toBe(false);
    expect(was(events, '2026-11-05', '2026-11-12')).toBe(true);
  });
  it('keeps what was believed before a correction', () => {
    const events = [
      event('moved-in', '2020-04-01', '2020-04-08', '2021-01-01'),
      event('moved-in', '2020-05-01', '2021-01-01'),
    ];
    expect(was(events, '2020-04-15', '2020-12-31')).toBe(true);
    expect(was(events, '2020-04-15', '2021-01-01')).toBe(false);
  });
  it('takes a move back only from when that was known', () => {
    const events = [
      event('moved-out', '2024-03-31', '2024-03-25'),
      event('move-out-cancelled', '2024-04-05', '2024-04-06'),
    ];
    expect(was(events, '2024-04-03', '2024-04-05')).toBe(false);
    expect(was(events, '2024-04-03', '2024-04-06')).toBe(true);
  });
});

describe('what a changed row of the register teaches', () => {
  const today = day('2026-11-24');
  const row = (
    kind: ResidencyKind | null,
    on: string | null,
    removal?: [ResidencyKind, string],
  ) => ({
    birthDay: birth,
    residencyKind: kind,
    residencyEventDate: on === null ? null : day(on),
    removalKind: removal ? removal[0] : null,
    removalDate: removal ? day(removal[1]) : null,
  });
  const intervalsAfter = (believed: ResidencyEvent[], next: ReturnType<typeof row>) => {
    const { givenUp, learned } = reviseResidency(believed, next, today);
    return residencyIntervals(
      [...believed.filter((one) => !givenUp.includes(one)), ...learned],
      birth,
    ).map(({ from, to }) => [from, to]);
  };
  const here = [event('moved-in', '2020-04-01')];
  const gone = [...here, event('moved-out', '2026-11-01')];

  it.each([
    [
      'a later entry keeps the coming',
      here,
      row('moved-within', '2024-01-01'),
      [['2020-04-01', null]],
    ],
    ['a corrected coming', here, row('moved-in', '2020-04-10'), [['2020-04-10', null]]],
    [
      'a going',
      here,
      row('moved-out', '2026-11-01', ['moved-out', '2026-11-01']),
      [['2020-04-01', '2026-11-01']],
    ],
    [
      'a corrected going',
      gone,
      row('moved-out', '2026-11-03', ['moved-out', '2026-11-03']),
      [['2020-04-01', '2026-11-03']],
    ],
    ['a going that was none', gone, row('moved-in', '2020-04-01'), [['2020-04-01', null]]],
    ['a going taken back', gone, row('move-out-cancelled', '2026-11-20'), [['2020-04-01', null]]],
    [
      'a return',
      gone,
      row('moved-in', '2026-11-15'),
      [
        ['2020-04-01', '2026-11-01'],
        ['2026-11-15', null],
      ],
    ],
  ])('%s', (_what, believed, next, expected) => {
    expect(intervalsAfter(believed, next)).toEqual(expected);
  });

  it('teaches nothing twice', () => {
    const { givenUp, learned } = reviseResidency(
      gone,
      row('moved-out', '2026-11-01', ['moved-out', '2026-11-01']),
      today,
    );
    expect([givenUp, learned]).toEqual([[], []]);
  });
});

describe('residence, whatever is told', () => {
  const kinds = Object.keys(RESIDENCY_KINDS) as ResidencyKind[];
  const someDay = fc.nat(20_000).map((days) => addDays(birth, days));
  const someEvents = fc.array(
    fc
      .record({ kind: fc.constantFrom(...kinds), on: someDay, knownFrom: someDay })
      .map((one): ResidencyEvent => ({ ...one, knownUntil: null })),
    { maxLength: 12 },
  );

  it('gives intervals that are whole, in order and apart', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const intervals = residencyIntervals(events, birth);
        intervals.forEach(({ from, to }, index) => {
          const next = intervals[index + 1];
          expect(to === null || from < to).toBe(true);
          if (next) expect(to !== null && to < next.from).toBe(true);
        });
      }),
    );
  });
  it('does not hang on the order in which events are listed', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const days = new Set(events.map((one) => one.knownFrom + one.on));
        fc.pre(days.size === events.length);
        expect(residencyIntervals(events.toReversed(), birth)).toEqual(
          residencyIntervals(events, birth),
        );
      }),
    );
  });
  it('is not changed by what becomes known later', () => {
    fc.assert(
      fc.property(someEvents, someDay, someDay, (events, on, known) => {
        const later = events.filter((one) => one.knownFrom > known);
        const told = events.filter((one) => one.knownFrom <= known);
        // Whoever came from elsewhere by a later message was unknown before; that alone may differ.
        fc.pre(!later.some((one) => RESIDENCY_KINDS[one.kind] === 'enters'));
        expect(wasResident(events, { birth, on, knownOn: known })).toBe(
          wasResident(told, { birth, on, knownOn: known }),
        );
      }),
    );
  });
  it('counts a day as inside exactly from its first day to the one before the last', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        for (const { from, to } of residencyIntervals(events, birth)) {
          expect(isWithin([{ from, to }], from)).toBe(true);
          expect(isWithin([{ from, to }], addDays(from, -1))).toBe(false);
          if (to !== null) expect(isWithin([{ from, to }], to)).toBe(false);
        }
      }),
    );
  });
});

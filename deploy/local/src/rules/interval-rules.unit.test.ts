import type { CalendarDate } from '@madoguchi/kernel';
import { evaluate } from '@madoguchi/reservations/domain/eligibility';
import { describe, expect, it } from 'vitest';
import { historicalBook, historicalData, historicalEntries } from './historical-book.fixture.ts';

/**
 * The source in words, line by line, against what the loaded rules say: intervals, days and ages are taken
 * from the columns of `interval_rules.csv` themselves or read from its words, never from the rules that were
 * made of them, and days are counted here.
 */
const book = historicalBook('2026-01-01' as CalendarDate);

/** Cells of a line; those in quotes may have commas. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/gu)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
const [header = '', ...lines] = historicalData('interval_rules.csv').trimEnd().split('\n');
const columns = cellsOf(header);
type Source = { line: number; cell: (column: string) => string };
const SOURCE: readonly Source[] = lines.map((text, place) => ({
  line: place + 2,
  cell: (column) => cellsOf(text)[columns.indexOf(column)] ?? '',
}));

const DAY = 86_400_000;
const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
/** The same day so many months earlier or later; only of days that every month has. */
const monthsOn = (day: string, months: number): string => {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  if (day.slice(8) > '28') throw new Error(`${day} is not in every month`);
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${day.slice(8)}`;
};

/** A line as its words have it, and what is heard just outside of it, first thing. */
type Line = {
  dose: number;
  product: string;
  /** Product of the doses before. */
  had?: string;
  /** A day on which the interval and the ages are tried; in every month. */
  on: string;
  born: string;
  group?: string;
  /** The age is that on the day of the first dose. */
  atFirst?: true;
  /** Youngest age in months, and what who is a day too young hears. */
  from: number;
  tooYoung: string;
  /** Age in months that is too old from the day after it is reached on. */
  below?: number;
  tooOld?: string;
  /** On the day before the first, and after the last; nothing where another line holds then. */
  before: string | undefined;
  after: string | undefined;
};
const NOT_GIVEN = 'programme_not_active';
const OTHER_PRODUCT = 'product_not_allowed';
const AGE = 'age_not_eligible';
const GROUP = 'not_in_priority_group';
const SHORT = 'dose_interval_too_short';
const P = 'PFIZER_12UP';
const M = 'MODERNA_12UP';
const SMALL = 'PFIZER_6M_4Y';
const CHILD = 'PFIZER_5_11';
const OMICRON = 'OMICRON_BIVALENT';
const Y = 12;

const adult = { born: '1980-01-01', tooYoung: AGE };
const old = { born: '1950-01-01', tooYoung: AGE };
const WORDS: Record<number, Line> = {
  2: {
    ...old,
    dose: 2,
    product: P,
    on: '2021-04-20',
    from: 16 * Y,
    before: NOT_GIVEN,
    after: undefined,
  },
  // Fourteen, so that the line before does not hold for them.
  3: {
    dose: 2,
    product: P,
    on: '2021-08-10',
    born: '2007-01-01',
    from: 12 * Y,
    tooYoung: AGE,
    before: AGE,
    after: OTHER_PRODUCT,
  },
  4: {
    ...old,
    dose: 2,
    product: M,
    on: '2021-07-10',
    from: 18 * Y,
    before: OTHER_PRODUCT,
    after: OTHER_PRODUCT,
  },
  5: {
    ...old,
    dose: 2,
    product: 'ASTRAZENECA',
    on: '2021-10-12',
    from: 40 * Y,
    tooYoung: GROUP,
    before: OTHER_PRODUCT,
    after: OTHER_PRODUCT,
  },
  6: {
    ...old,
    dose: 2,
    product: 'NOVAVAX',
    on: '2022-08-10',
    from: 18 * Y,
    before: OTHER_PRODUCT,
    after: OTHER_PRODUCT,
  },
  7: {
    dose: 2,
    product: CHILD,
    on: '2022-05-10',
    born: '2014-01-01',
    atFirst: true,
    from: 5 * Y,
    tooYoung: AGE,
    below: 12 * Y,
    tooOld: AGE,
    before: OTHER_PRODUCT,
    after: OTHER_PRODUCT,
  },
  8: {
    dose: 2,
    product: SMALL,
    on: '2023-02-10',
    born: '2020-01-01',
    atFirst: true,
    from: 6,
    tooYoung: AGE,
    below: 5 * Y,
    tooOld: AGE,
    before: OTHER_PRODUCT,
    after: NOT_GIVEN,
  },
  9: {
    dose: 3,
    product: SMALL,
    on: '2023-02-10',
    born: '2020-01-01',
    atFirst: true,
    from: 6,
    tooYoung: AGE,
    below: 5 * Y,
    tooOld: AGE,
    before: OTHER_PRODUCT,
    after: NOT_GIVEN,
  },
  10: {
    ...adult,
    dose: 3,
    product: P,
    on: '2021-12-15',
    from: 18 * Y,
    before: NOT_GIVEN,
    after: undefined,
  },
  // Who is younger than 65 waits for seven months.
  11: {
    ...old,
    dose: 3,
    product: P,
    on: '2022-02-10',
    from: 65 * Y,
    tooYoung: SHORT,
    before: undefined,
    after: NOT_GIVEN,
  },
  12: {
    ...adult,
    dose: 3,
    product: P,
    on: '2022-02-10',
    from: 18 * Y,
    before: undefined,
    after: NOT_GIVEN,
  },
  13: {
    ...adult,
    dose: 3,
    product: P,
    on: '2022-04-15',
    from: 12 * Y,
    before: NOT_GIVEN,
    after: undefined,
  },
  14: {
    ...adult,
    dose: 3,
    product: P,
    on: '2022-08-10',
    from: 12 * Y,
    before: undefined,
    after: OTHER_PRODUCT,
  },
  15: {
    ...old,
    dose: 4,
    product: P,
    on: '2022-08-10',
    from: 60 * Y,
    tooYoung: GROUP,
    before: NOT_GIVEN,
    after: OTHER_PRODUCT,
  },
  16: {
    ...adult,
    dose: 4,
    product: P,
    on: '2022-08-10',
    group: 'covid-workers',
    from: 18 * Y,
    before: GROUP,
    after: OTHER_PRODUCT,
  },
  17: {
    dose: 3,
    product: CHILD,
    on: '2022-12-10',
    born: '2014-01-01',
    from: 5 * Y,
    tooYoung: AGE,
    below: 12 * Y,
    tooOld: AGE,
    before: OTHER_PRODUCT,
    after: OTHER_PRODUCT,
  },
  18: {
    ...adult,
    dose: 4,
    product: OMICRON,
    had: P,
    on: '2022-10-10',
    from: 12 * Y,
    before: OTHER_PRODUCT,
    after: undefined,
  },
  19: {
    ...adult,
    dose: 4,
    product: OMICRON,
    had: P,
    on: '2023-02-10',
    from: 12 * Y,
    before: undefined,
    after: GROUP,
  },
  // The sixth dose, which the autumn before did not give.
  20: {
    ...old,
    dose: 6,
    product: OMICRON,
    had: P,
    on: '2023-07-10',
    from: 65 * Y,
    tooYoung: GROUP,
    before: OTHER_PRODUCT,
    after: OTHER_PRODUCT,
  },
  21: {
    ...adult,
    dose: 4,
    product: 'OMICRON_XBB15',
    had: SMALL,
    on: '2023-12-10',
    from: 6,
    before: OTHER_PRODUCT,
    after: NOT_GIVEN,
  },
  22: {
    ...adult,
    dose: 3,
    product: 'NOVAVAX',
    on: '2022-12-10',
    from: 12 * Y,
    before: OTHER_PRODUCT,
    after: OTHER_PRODUCT,
  },
};

type Person = {
  born: string;
  doses: readonly (readonly [product: string, date: string])[];
  group?: string | undefined;
};
/** The first reason, or nothing. */
function heard(
  who: Person,
  wish: { dose: number; product: string; day: string },
): string | undefined {
  const person = {
    dateOfBirth: who.born as CalendarDate,
    residency: [{ from: '1900-01-01' as CalendarDate, to: null }],
    doses: who.doses.map(([productCode, date], place) => ({
      productCode,
      date: date as CalendarDate,
      doseNumber: place + 1,
    })),
    bookings: [],
    groups: who.group === undefined ? [] : [{ groupCode: who.group, from: '2000-01-01', to: null }],
  };
  const { dose: doseNumber, product: productCode, day } = wish;
  const wanted = { doseNumber, productCode, date: day as CalendarDate };
  return evaluate(person, wanted, book).reasons[0]?.code;
}
/** The doses before, the last of them on a day, each sixty days after the one before it. */
const until = ({ dose, product, had = product }: Line, last: string): [string, string][] =>
  Array.from({ length: dose - 1 }, (_, place) => [had, plus(last, (place + 2 - dose) * 60)]);

/** The day of the last dose, of which the interval of a line is over on a day. */
function lastFor({ cell }: Source, day: string): string {
  if (cell('min_interval_unit') === 'months') return monthsOn(day, -Number(cell('min_interval')));
  // Where the least interval is not known, the standard one is the safe one.
  return plus(day, -Number(cell('earliest_offset_days') || cell('standard_offset_days')));
}

const OTHERS = [23, 24];
const DOSES = SOURCE.filter(({ line }) => !OTHERS.includes(line)).map((source) => {
  const words = WORDS[source.line];
  if (!words) throw new Error(`no words for line ${source.line} of interval_rules.csv`);
  return [source.line, source, words] as const;
});

describe('every line of the source', () => {
  it('has its words here, and rows that were made of it, with its days, source and doubts', () => {
    expect(Object.keys(WORDS).map(Number).concat(OTHERS)).toEqual(SOURCE.map(({ line }) => line));
    const [columnsOfRows = '', ...rows] = historicalData('historical_rules.csv')
      .trimEnd()
      .split('\n');
    expect(columnsOfRows.split(',').slice(0, 3)).toEqual(['source_line', 'programme', 'rule']);
    expect(historicalEntries).toHaveLength(rows.length);
    for (const { line, cell } of SOURCE) {
      const codes = rows
        .filter((row) => row.startsWith(`${line},`))
        .map((row) => row.split(',')[2] ?? '');
      const made = [...book.doseRules, ...book.otherVaccineRules].filter(({ ruleCode }) =>
        codes.includes(ruleCode),
      );
      expect(made).toHaveLength(codes.length);
      expect(made.length, `rows of line ${line}`).toBeGreaterThan(0);
      const [first] = made.map(({ validFrom }) => validFrom).toSorted();
      expect(first).toBe(cell('effective_from'));
      // Ends are the last day in the source, the day after it in a row.
      const last = made
        .map(({ validTo }) => validTo ?? '')
        .toSorted()
        .at(-1);
      expect(last).toBe(cell('effective_to') && plus(cell('effective_to'), 1));
      for (const { source, confidence } of made) {
        expect(source).toBe(cell('source'));
        expect(confidence).toContain(cell('confidence'));
      }
    }
  });

  it.each(DOSES)('%i: the interval, to the day', (_, source, words) => {
    const { dose, product, on, born, group } = words;
    const doses = until(words, lastFor(source, on));
    const who = { born, group, doses };
    expect(heard(who, { dose, product, day: on })).toBeUndefined();
    expect(heard(who, { dose, product, day: plus(on, -1) })).toBe(SHORT);
    // N days between are N + 1 days later (中N日).
    if (source.cell('min_interval_unit') === 'days_between' && source.cell('min_interval') !== '')
      expect(Number(source.cell('earliest_offset_days'))).toBe(
        Number(source.cell('min_interval')) + 1,
      );
  });

  it.each(DOSES)('%i: its first and its last day', (_, { cell }, words) => {
    const { dose, product, born, group, before, after } = words;
    const [from, to] = [cell('effective_from'), cell('effective_to')];
    const who = { born, group, doses: until(words, plus(from, -400)) };
    const on = (day: string) => heard(who, { dose, product, day });
    expect([plus(from, -1), from, to, plus(to, 1)].map(on)).toEqual([
      before,
      undefined,
      undefined,
      after,
    ]);
  });

  it.each(DOSES)('%i: its ages, on the day before the birthday', (_, source, words) => {
    const { dose, product, on, group, atFirst, from, tooYoung, below, tooOld } = words;
    const doses = until(words, lastFor(source, on));
    const judged = atFirst === true ? (doses[0]?.[1] ?? on) : on;
    /** Born so that the age is reached on the day on which it is judged, or some days later. */
    const bornFor = (months: number, later = 0): string => {
      const nextDay = plus(judged, 1);
      const back = nextDay.slice(8) > '28' ? plus(nextDay, -4) : nextDay;
      return plus(monthsOn(back, -months), (nextDay === back ? 0 : 4) + later);
    };
    const with_ = (born: string) => heard({ born, group, doses }, { dose, product, day: on });
    expect(with_(bornFor(from))).toBeUndefined();
    expect(with_(bornFor(from, 1))).toBe(tooYoung);
    if (below === undefined) return;
    expect(with_(bornFor(below))).toBeUndefined();
    expect(with_(bornFor(below, -1))).toBe(tooOld);
  });

  it('23 and 24: the days to another vaccine, to the day, on either side', () => {
    const [others, influenza] = OTHERS.map((line) => SOURCE.find((one) => one.line === line));
    const offset = Number(others?.cell('earliest_offset_days'));
    expect(offset).toBe(Number(others?.cell('min_interval')) + 1);
    const on = (day: string, other: string, product = 'ROTA') =>
      heard({ born: '1980-01-01', doses: [] }, { dose: 1, product: P, day }) ??
      heardBeside({ day, other, product });
    expect(on('2021-10-15', plus('2021-10-15', -offset))).toBeUndefined();
    expect(on('2021-10-15', plus('2021-10-15', 1 - offset))).toBe('other_vaccine_too_close');
    expect(on('2021-10-15', plus('2021-10-15', offset))).toBeUndefined();
    expect(on('2021-10-15', plus('2021-10-15', offset - 1))).toBe('other_vaccine_too_close');
    const from = influenza?.cell('effective_from') ?? '';
    expect(influenza?.cell('min_interval')).toBe('0');
    expect(on(from, from, 'INFLUENZA')).toBeUndefined();
    expect(on(plus(from, -1), from, 'INFLUENZA')).toBe('other_vaccine_too_close');
    expect(on(from, from)).toBe('other_vaccine_too_close');
  });
});

/** What an adult hears about the first dose beside a dose of another vaccine. */
function heardBeside({ day, other, product }: { day: string; other: string; product: string }) {
  const person = {
    dateOfBirth: '1980-01-01' as CalendarDate,
    residency: [{ from: '1900-01-01' as CalendarDate, to: null }],
    doses: [{ doseNumber: 1, productCode: product, date: other as CalendarDate }],
    bookings: [],
  };
  const wanted = { doseNumber: 1, productCode: P, date: day as CalendarDate };
  return evaluate(person, wanted, book).reasons[0]?.code;
}

import type { Venue } from '@madoguchi/contracts';
import { Venue as VenueShape } from '@madoguchi/contracts';
import type { CalendarDate, Result } from '@madoguchi/kernel';
import { addDays, ok, parseCalendarDate } from '@madoguchi/kernel';
import { overlapping, reversedRanges } from './entry.ts';
import type { Column, VenueCells } from './venue-columns.ts';
import { COLUMNS, HOLIDAY_WORDS, KIND_WORDS, REQUIRED, WEEKDAY_COLUMNS } from './venue-columns.ts';

/** What is wrong with a row: the column's name in the file, and why; never the value. */
export type Fault = { column: string; reason: string };

const HOURS = /^((?:[01]?\d|2[0-3]):[0-5]\d)-((?:[01]?\d|2[0-3]):[0-5]\d)$/;
const padded = (time: string): string => time.padStart(5, '0');

function readDay(text: string): CalendarDate | undefined {
  const match = /^(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return parseCalendarDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

/** Reads cells one by one and remembers what could not be read. */
function reading(cells: VenueCells) {
  const faults: Fault[] = [];
  const fail = (column: Column, reason: string): void => {
    faults.push({ column: COLUMNS[column], reason });
  };
  const text = (column: Column): string => cells[column]?.trim() ?? '';
  /** Half-width, as it is meant for machines. */
  const plain = (column: Column): string => text(column).normalize('NFKC');
  const words = (column: Column): string[] =>
    plain(column)
      .split(/[\s、,]+/u)
      .filter(Boolean);
  const day = (column: Column, word = plain(column)): CalendarDate | null => {
    if (word === '') return null;
    const date = readDay(word);
    if (date === undefined) fail(column, '暦にある日付を 2026-04-01 のように書いてください');
    return date ?? null;
  };
  const oneOf = <K extends string>(column: Column, known: Record<K, string>): K | undefined => {
    const found = (Object.keys(known) as K[]).find((key) => known[key] === text(column));
    const choices = Object.values<string>(known).join('・');
    if (found === undefined && text(column) !== '') fail(column, `${choices} のどれかです`);
    return found;
  };
  return { faults, fail, text, plain, words, day, oneOf };
}

type Reading = ReturnType<typeof reading>;

const readHours = ({ words, fail }: Reading): Venue['openingHours'] =>
  WEEKDAY_COLUMNS.flatMap((weekday) => {
    const hours = words(weekday).map((word) => {
      const match = HOURS.exec(word.replaceAll(/[~〜–]/gu, '-'));
      if (!match) fail(weekday, '時間を 09:00-12:00 のように書いてください');
      const [, opens = '', closes = ''] = match ?? [];
      return { weekday, opens: padded(opens), closes: padded(closes) };
    });
    const readable = hours.every(({ opens }) => opens !== padded(''));
    if (readable && overlapping(hours))
      fail(weekday, '時間が重なっているか、終わりが始まりより前です');
    return hours;
  });

/** Columns of the members that a venue's shape or ranges can find fault with. */
const COLUMN_OF: Record<string, Column> = {
  venueCode: 'code',
  name: 'nameJa',
  town: 'town',
  address: 'address',
  closedDays: 'closedDays',
  productCodes: 'products',
  activeFrom: 'activeFrom',
  activeTo: 'lastDay',
};

function faultsOfShape(venue: unknown): Fault[] {
  const checked = VenueShape.safeParse(venue);
  const faults = (checked.error?.issues ?? []).map(({ path: [member, place], message }) => {
    const column = member === 'name' && place === 'en' ? 'nameEn' : COLUMN_OF[String(member)];
    const reason =
      member === 'venueCode' ? '10桁の数字です' : `使えない文字か長さです (${message})`;
    return { column: column ? COLUMNS[column] : String(member), reason };
  });
  if (!checked.data) return faults;
  return reversedRanges({ kind: 'venue', row: checked.data }).map((member) => ({
    column: COLUMNS[COLUMN_OF[member] ?? 'code'],
    reason: '最終日が開始日より前です',
  }));
}

/** A venue from its row, or everything that is wrong with the row. */
export function readVenue(cells: VenueCells): Result<Venue, Fault[]> {
  const read = reading(cells);
  const { faults, fail, text, plain, words, day, oneOf } = read;
  for (const column of REQUIRED) if (text(column) === '') fail(column, '空です');
  for (const [column, value] of Object.entries(cells))
    if (value.includes('\uFFFD')) fail(column as Column, '読めない文字があります');
  const lastDay = day('lastDay');
  const venue = {
    venueCode: plain('code'),
    name: { ja: text('nameJa'), en: text('nameEn') || text('nameJa') },
    town: text('town'),
    address: text('address'),
    kind: oneOf('kind', KIND_WORDS) ?? 'mass',
    openingHours: readHours(read),
    closesOnHolidays: oneOf('holidays', HOLIDAY_WORDS) === 'closed',
    closedDays: words('closedDays').flatMap((word) => day('closedDays', word) ?? []),
    productCodes: words('products'),
    activeFrom: day('activeFrom') ?? '2000-01-01',
    activeTo: lastDay && addDays(lastDay, 1),
  };
  if (faults.length === 0) faults.push(...faultsOfShape(venue));
  return faults.length > 0 ? { ok: false, refusal: faults } : ok(venue);
}

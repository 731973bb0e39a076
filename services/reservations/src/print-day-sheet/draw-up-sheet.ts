import type {
  DaySheetFormat,
  namesForDaySheet,
  PersonForList,
  ReplyOf,
  Who,
} from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { CalendarDate, Refusal, Result } from '@madoguchi/kernel';
import {
  cp932Table,
  encodeCp932,
  formatEraDate,
  ok,
  refuse,
  tokyoDate,
  tokyoTime,
} from '@madoguchi/kernel';
import type { BookingOfDay, SheetLine, WithoutNameShown } from '../domain/day-sheet.ts';
import { sheetCsv, sheetLines } from '../domain/day-sheet.ts';
import { bookingsOfDay, venueName } from '../store/day-sheet-store.ts';
import type { SheetFont } from './sheet-fonts.ts';
import { sheetPdf } from './sheet-pdf.ts';

export type SheetWanted = {
  database: Database;
  who: Who;
  now: Date;
  venueCode: string;
  day: string;
  format: DaySheetFormat;
  approvalId: string;
  shown: WithoutNameShown;
  fonts: () => Promise<SheetFont[]>;
  /** Asks the register, at most so many at a time as it answers for. */
  namesOf: (residentIds: string[]) => Promise<Result<ReplyOf<typeof namesForDaySheet>, Refusal>>;
};

export type DrawnSheet = {
  fileName: string;
  mediaType: 'application/pdf' | 'text/csv';
  content: Uint8Array;
  people: number;
  withoutName: number;
};

/** As many as the register answers for in one message; an audit entry can name twice as many. */
const LOT = 500;
const lots = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / LOT) }, (_, lot) =>
    all.slice(lot * LOT, (lot + 1) * LOT),
  );

/** At least one lot, so that the sheet of a day without bookings needs its approval too. */
async function askNames(
  wanted: SheetWanted,
  bookings: readonly BookingOfDay[],
): Promise<Result<PersonForList[], Refusal>> {
  const people: PersonForList[] = [];
  const asked = lots([...new Set(bookings.map((one) => one.residentId))]);
  for (const lot of asked.length > 0 ? asked : [[]]) {
    const names = await wanted.namesOf(lot);
    if (!names.ok) return names;
    people.push(...names.value.people);
  }
  return ok(people);
}

async function write(
  wanted: SheetWanted,
  sheet: { venue: string; lines: SheetLine[] },
): Promise<Result<Uint8Array, Refusal>> {
  const { format, day, now } = wanted;
  if (format === 'pdf')
    return sheetPdf(
      {
        ...sheet,
        day: formatEraDate(day as CalendarDate),
        printedAt: `${formatEraDate(tokyoDate(now))} ${tokyoTime(now)}`,
      },
      await wanted.fonts(),
    );
  const csv = sheetCsv(sheet.lines);
  // The mark tells a spreadsheet that it is UTF-8.
  if (format === 'csv-utf8') return ok(Buffer.from(`\ufeff${csv}`, 'utf8'));
  const { bytes, missing } = encodeCp932(csv, cp932Table());
  if (missing.length === 0) return ok(bytes);
  const codePoints = missing.map(
    (one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return refuse('character_missing', { codePoints });
}

/** The entry of the print, before a byte of it leaves; or of why there is none. */
async function enter(
  wanted: SheetWanted,
  bookings: readonly BookingOfDay[],
  refusal: Refusal | undefined,
): Promise<void> {
  const { venueCode, day, format, approvalId } = wanted;
  const detail = { venueCode, day, format, approvalId, rows: bookings.length };
  const parts = lots(bookings.map((one) => one.residentId));
  await wanted.database.transaction({ ...wanted.who, purpose: 'venue-day' }, async (tx) => {
    for (const residents of parts.length > 0 ? parts : [[]])
      tx.audit({
        action: refusal ? 'refusal' : 'print',
        operation: 'reservations.print-day-sheet',
        outcome: refusal ? 'refused' : 'done',
        residents,
        fieldClasses: refusal ? [] : ['booking'],
        detail: refusal ? { ...detail, code: refusal.code } : detail,
      });
  });
}

/** Who comes to a venue on a day, on paper or as a table, with the names that the register lets out now. */
export async function drawUpSheet(wanted: SheetWanted): Promise<Result<DrawnSheet, Refusal>> {
  const { database, venueCode, day, format } = wanted;
  const venue = await venueName(database.read, venueCode);
  if (venue === undefined) return refuse('venue_not_found');
  const bookings = await bookingsOfDay(database.read, { venueCode, day });
  const people = await askNames(wanted, bookings);
  const lines = people.ok ? sheetLines(bookings, people.value, wanted.shown) : [];
  const content = people.ok ? await write(wanted, { venue, lines }) : people;
  await enter(wanted, bookings, content.ok ? undefined : content.refusal);
  if (!content.ok) return content;
  const pdf = format === 'pdf';
  return ok({
    // No name and no number of a person: file names end up in histories and printer queues.
    fileName: `day-sheet-${venueCode}-${day}.${pdf ? 'pdf' : 'csv'}`,
    mediaType: pdf ? 'application/pdf' : 'text/csv',
    content: content.value,
    people: lines.length,
    withoutName: lines.filter((line) => line.withoutName).length,
  });
}

import type { PersonForList } from '@madoguchi/contracts';
import { formatEraDate, parseCalendarDate } from '@madoguchi/kernel';

/** How those stand on a sheet whose names the register does not give out: protected, or no residents. */
export const WITHOUT_NAME_SHOWN = ['time-and-number', 'time-only', 'left-out'] as const;
export type WithoutNameShown = (typeof WITHOUT_NAME_SHOWN)[number];

export type BookingOfDay = {
  residentId: string;
  startsAt: string;
  confirmationNumber: string;
  doseNumber: number;
  productName: string;
  /** The same for those who come together. */
  partyId: string | null;
};

/** One line of a sheet. An empty text is what is not shown. */
export type SheetLine = {
  startsAt: string;
  confirmationNumber: string;
  name: string;
  nameKana: string;
  dateOfBirth: string;
  dose: string;
  product: string;
  /** A number that those who come together share; empty for who comes alone. */
  party: string;
  withoutName: boolean;
};

/** A birth date that is partly unknown is shown as far as it is known. */
function shownDate(text: string): string {
  const date = parseCalendarDate(text);
  if (date) return formatEraDate(date);
  const [year = '', month] = text.split('-');
  return month === undefined ? `${year}年（月日不詳）` : `${year}年${Number(month)}月（日不詳）`;
}

function withoutName(booking: BookingOfDay, shown: WithoutNameShown): SheetLine | undefined {
  if (shown === 'left-out') return undefined;
  return {
    startsAt: booking.startsAt,
    confirmationNumber: shown === 'time-only' ? '' : booking.confirmationNumber,
    name: '',
    nameKana: '',
    dateOfBirth: '',
    dose: '',
    product: '',
    party: '',
    withoutName: true,
  };
}

/** Parties of two and more among those who are named, numbered in the order of the sheet. */
function partyNumbers(named: readonly BookingOfDay[]): Map<string, string> {
  const ids = named.flatMap(({ partyId }) => partyId ?? []);
  const several = [...new Set(ids)].filter((id) => ids.filter((one) => one === id).length > 1);
  return new Map(several.map((id, index) => [id, String(index + 1)]));
}

/**
 * Who comes when, with what the register lets out. Of whom it says nothing no dose and no product stand
 * there either, and nobody who belongs to them: the fewer lines differ, the less they tell.
 */
export function sheetLines(
  bookings: readonly BookingOfDay[],
  people: readonly PersonForList[],
  shown: WithoutNameShown,
): SheetLine[] {
  const known = new Map(people.map((person) => [person.residentId, person]));
  const parties = partyNumbers(
    bookings.filter(({ residentId }) => known.get(residentId)?.name !== undefined),
  );
  return bookings.flatMap((booking) => {
    const person = known.get(booking.residentId);
    if (person?.name === undefined) {
      const line = withoutName(booking, shown);
      return line ? [line] : [];
    }
    return [
      {
        startsAt: booking.startsAt,
        confirmationNumber: booking.confirmationNumber,
        name: person.name,
        nameKana: person.nameKana ?? '',
        dateOfBirth: person.dateOfBirth === undefined ? '' : shownDate(person.dateOfBirth),
        dose: `${booking.doseNumber}回目`,
        product: booking.productName,
        party: parties.get(booking.partyId ?? '') ?? '',
        withoutName: false,
      },
    ];
  });
}

/** What the lines are headed with, in their order. */
export const SHEET_COLUMNS = [
  ['startsAt', '時刻'],
  ['confirmationNumber', '予約番号'],
  ['name', '氏名'],
  ['nameKana', 'フリガナ'],
  ['dateOfBirth', '生年月日'],
  ['dose', '回数'],
  ['product', 'ワクチン'],
  ['party', '同伴'],
] as const satisfies readonly (readonly [keyof SheetLine, string])[];

/** What would be run by a spreadsheet stands behind an apostrophe, also in its full-width form. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;

const cell = (text: string): string => {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** The sheet as CSV, lines ended by CR LF; whoever writes it to bytes chooses the encoding. */
export function sheetCsv(lines: readonly SheetLine[]): string {
  const rows = [
    SHEET_COLUMNS.map(([, heading]) => heading),
    ...lines.map((line) => SHEET_COLUMNS.map(([field]) => line[field])),
  ];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** What leaves the house, as a second person agrees to it: nothing else can be taken on that yes. */
export type ExportMeant =
  | { what: 'day-sheet'; venueCode: string; day: string }
  | { what: 'mailing'; bornFrom: string; bornTo: string }
  | { what: 'notices-run'; limit: number };

const DAY = String.raw`\d{4}-\d{2}-\d{2}`;
const DAY_SHEET = new RegExp(String.raw`^day-sheet/(\d{10})/(${DAY})$`);
const MAILING = new RegExp(`^mailing/(${DAY})/(${DAY})$`);
const NOTICES_RUN = /^notices-run\/(\d{1,6})$/;

/** The list of who comes to a venue on a day. */
export const daySheetSelection = (venueCode: string, day: string): string =>
  `day-sheet/${venueCode}/${day}`;
/** Names and addresses of residents born on days from and to, both included. */
export const mailingSelection = (bornFrom: string, bornTo: string): string =>
  `mailing/${bornFrom}/${bornTo}`;
/** A run that prints at most so many tickets. */
export const noticesRunSelection = (limit: number): string => `notices-run/${limit}`;

/** What a selection names; undefined where it names none of these. */
export function exportOfSelection(selection: string): ExportMeant | undefined {
  const [, venueCode, day] = DAY_SHEET.exec(selection) ?? [];
  if (venueCode !== undefined && day !== undefined) return { what: 'day-sheet', venueCode, day };
  const [, bornFrom, bornTo] = MAILING.exec(selection) ?? [];
  if (bornFrom !== undefined && bornTo !== undefined) return { what: 'mailing', bornFrom, bornTo };
  const [, limit] = NOTICES_RUN.exec(selection) ?? [];
  return limit === undefined ? undefined : { what: 'notices-run', limit: Number(limit) };
}

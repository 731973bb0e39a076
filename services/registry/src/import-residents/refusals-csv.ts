/** A row that was not imported: its line in the file (1 is the header), the column, and why. */
export type RefusedRow = { line: number; column: string; reason: string };

const cell = (value: string | number): string => `"${String(value).replaceAll('"', '""')}"`;

/** The report of refused rows as CSV (UTF-8 with a mark, so that spreadsheets read it). No value of a row is in it. */
export function refusalsCsv(refused: readonly RefusedRow[]): string {
  const lines = refused.map(({ line, column, reason }) =>
    [line, column, reason].map(cell).join(','),
  );
  return `\ufeff${['行,項目,理由', ...lines].join('\r\n')}\r\n`;
}

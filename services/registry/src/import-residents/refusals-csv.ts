import { closeSync, openSync, writeSync } from 'node:fs';

/** A row that was not imported: its line in the file (1 is the header), the column, and why. */
export type RefusedRow = { line: number; column: string; reason: string };

const cell = (value: string | number): string => `"${String(value).replaceAll('"', '""')}"`;
const lineOf = ({ line, column, reason }: RefusedRow): string =>
  `${[line, column, reason].map(cell).join(',')}\r\n`;
/** UTF-8 with a mark, so that spreadsheets read it. */
const HEADER = '\ufeff行,項目,理由\r\n';

/** The report of refused rows as CSV. No value of a row is in it. */
export function refusalsCsv(refused: readonly RefusedRow[]): string {
  return `${HEADER}${refused.map(lineOf).join('')}`;
}

export type RefusalsFile = { add(fault: RefusedRow): void; close(): void };

/** The same, written as the rows are met, however many they are. */
export function refusalsFile(path: string): RefusalsFile {
  const file = openSync(path, 'w', 0o600);
  let waiting = HEADER;
  const write = (): void => {
    writeSync(file, waiting);
    waiting = '';
  };
  return {
    add(fault) {
      waiting += lineOf(fault);
      if (waiting.length > 65_536) write();
    },
    close() {
      write();
      closeSync(file);
    },
  };
}

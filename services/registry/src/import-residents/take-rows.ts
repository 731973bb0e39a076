import { hash } from 'node:crypto';
import type { CalendarDate } from '@madoguchi/kernel';
import type { CodeBook } from '../domain/register-codes.ts';
import type { CsvRow } from '../domain/resident-columns.ts';
import type { ResidentRecord } from '../domain/resident-row.ts';
import { readRemoval, readRow } from '../domain/resident-row.ts';
import type { Removal } from '../store/import-store.ts';
import type { ImportReport } from './import-report.ts';
import type { Header } from './read-header.ts';
import { cellsOf } from './read-header.ts';
import type { RefusedRow } from './refusals-csv.ts';
import type { FileRow } from './split-records.ts';

/** To be raised with each change of how a row is read or how its keys are made: it makes every row be read again. */
const READING = 1;
/** Refusals that a report carries itself; all of them go to `onRefused`. */
const MOST_REPORTED = 1_000;

export type RowTaker = {
  numberOf(row: FileRow): string;
  /** The same cells under the same header, codes and rules give the same digest. */
  digestOf(row: FileRow): string;
  cells(row: FileRow): CsvRow;
  /** Reads a row, or notes everything that is wrong with it. */
  take(row: FileRow, cells?: CsvRow): ResidentRecord | undefined;
  /** Reads by what and from when a row takes a person off; only the number must be given. */
  takeRemoval(row: FileRow, cells: CsvRow, today: CalendarDate): Removal | undefined;
  refuse(faults: readonly RefusedRow[]): void;
};

export type Taking = {
  header: Header<string>;
  codes: CodeBook;
  report: ImportReport;
  onRefused?: ((fault: RefusedRow) => void) | undefined;
};

export function rowTaker({ header, codes, report, onRefused }: Taking): RowTaker {
  const place = header.columns.indexOf('宛名番号');
  const known = header.columns.map((column) => column ?? '').join(',');
  const prefix = hash('sha256', `${READING}\n${known}\n${codes.signature}`, 'base64url');
  const refuse = (faults: readonly RefusedRow[]): void => {
    report.refusedRows += 1;
    for (const fault of faults) {
      if (report.refused.length < MOST_REPORTED) report.refused.push(fault);
      onRefused?.(fault);
    }
  };
  const cells = (row: FileRow): CsvRow => cellsOf(header, row.values);
  return {
    refuse,
    cells,
    numberOf: (row) => row.values[place]?.trim() ?? '',
    digestOf: (row) => hash('sha256', prefix + row.values.join('\u001f'), 'base64url').slice(0, 22),
    take(row, given) {
      const { line, values } = row;
      if (values.length !== header.columns.length) {
        refuse([{ line, column: '', reason: '列の数が見出しと違います' }]);
        return undefined;
      }
      const read = readRow(given ?? cells(row), codes);
      if (read.ok) return read.value;
      refuse(read.refusal.faults.map((fault) => ({ line, ...fault })));
      return undefined;
    },
    takeRemoval({ line }, given, today) {
      const read = readRemoval(given, codes);
      if (read.ok) return { ...read.value, date: read.value.date ?? today };
      refuse(read.refusal.faults.map((fault) => ({ line, ...fault })));
      return undefined;
    },
  };
}

import type { FileKind } from '../store/import-runs.ts';
import type { Encoding } from './read-file.ts';
import type { RefusedRow } from './refusals-csv.ts';
import type { LotCounts } from './write-lot.ts';

export type ImportReport = LotCounts & {
  kind: FileKind;
  encoding: Encoding;
  rows: number;
  /** Each fault of each refused row, the first thousand of them. */
  refused: RefusedRow[];
  refusedRows: number;
  /** Columns of the file that the register does not know. */
  ignoredColumns: string[];
  /** People on the register whom a whole register's file has not; taken off, among the changed. */
  absent: number;
  /** This very file was done before, and nothing was done again. */
  doneBefore: boolean;
};

export const emptyReport = (kind: FileKind, encoding: Encoding): ImportReport => ({
  kind,
  encoding,
  rows: 0,
  added: 0,
  changed: 0,
  movedOut: 0,
  died: 0,
  removedOtherwise: 0,
  unchanged: 0,
  newlyProtected: 0,
  protectionKept: 0,
  refused: [],
  refusedRows: 0,
  ignoredColumns: [],
  absent: 0,
  doneBefore: false,
});

export function addUp(report: ImportReport, counts: LotCounts): void {
  for (const [name, count] of Object.entries(counts) as [keyof LotCounts, number][])
    report[name] += count;
}

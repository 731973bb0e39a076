import type { KeyObject } from 'node:crypto';
import type { Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import type { ImportSession } from '../store/import-session.ts';
import type { ImportReport } from './import-report.ts';
import type { CsvFile } from './read-file.ts';
import type { RefusedRow } from './refusals-csv.ts';
import type { RowTaker } from './take-rows.ts';

export type ImportOptions = {
  database: Database;
  municipalityCode: string;
  lookupKey: string;
  path: string;
  /** Who stands for it in the audit log. */
  who: Who;
  /** Day of the import, from which what it brings is known; today where absent. */
  today?: CalendarDate;
  /** Says what would change, and changes nothing. */
  dryRun?: boolean;
  /** The file is the whole register: who is not in it is taken off. */
  whole?: boolean;
  /** Share of the register that a whole file may take off, 0 to 1; 0.01 where absent. */
  removalShare?: number;
  /** Takes off however many it is. */
  acceptRemovals?: boolean;
  /** Rows so far, and the share of the file done, 0 to 1: first `reading`, then `writing` what changed. */
  onProgress?: (rows: number, share: number, phase: 'reading' | 'writing') => void;
  /** Each fault of each refused row, as it is met. */
  onRefused?: (fault: RefusedRow) => void;
};

/** An import under way: the file, its header understood, and the connection that holds the lock. */
export type OpenImport = {
  options: ImportOptions;
  session: ImportSession;
  file: CsvFile;
  taker: RowTaker;
  report: ImportReport;
  today: CalendarDate;
  lookupKey: KeyObject;
};

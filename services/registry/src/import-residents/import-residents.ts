import { createSecretKey } from 'node:crypto';
import type { Refusal, Result } from '@madoguchi/kernel';
import { refuse, tokyoDate } from '@madoguchi/kernel';
import { codeBook } from '../domain/register-codes.ts';
import {
  CHANGE_COLUMN,
  COLUMNS,
  REQUIRED,
  REQUIRED_OF_CHANGES,
} from '../domain/resident-columns.ts';
import { ownCodes } from '../store/code-store.ts';
import type { ImportSession } from '../store/import-session.ts';
import { withImportSession } from '../store/import-session.ts';
import { importChanges } from './import-changes.ts';
import type { ImportReport } from './import-report.ts';
import { emptyReport } from './import-report.ts';
import { importSnapshot } from './import-snapshot.ts';
import type { ImportOptions, OpenImport } from './open-import.ts';
import type { CsvFile } from './read-file.ts';
import { openCsv } from './read-file.ts';
import { readHeader } from './read-header.ts';
import { BrokenCsv } from './split-records.ts';
import { rowTaker } from './take-rows.ts';

type Imported = Result<
  ImportReport,
  Refusal<'import_refused' | 'import_running' | 'import_would_remove'>
>;

async function headerOf(file: CsvFile): Promise<readonly string[] | undefined> {
  for await (const [first] of file.lots()) if (first) return first.values;
  return undefined;
}

async function importFile(options: ImportOptions, session: ImportSession): Promise<Imported> {
  const file = await openCsv(options.path);
  const names = await headerOf(file);
  if (!names) return refuse('import_refused', { reason: 'ファイルが空です' });
  const hasChanges = names.some((name) => name.trim() === CHANGE_COLUMN);
  const header = hasChanges
    ? readHeader(names, { columns: [...COLUMNS, CHANGE_COLUMN], required: REQUIRED_OF_CHANGES })
    : readHeader(names, { columns: COLUMNS, required: REQUIRED });
  if (!header.ok) return header;
  const report = emptyReport(hasChanges ? 'changes' : 'snapshot', file.encoding);
  report.ignoredColumns = header.value.ignored;
  const codes = codeBook(await ownCodes(session.query, options.municipalityCode));
  const { onRefused } = options;
  const open: OpenImport = {
    options,
    session,
    file,
    report,
    taker: rowTaker({ header: header.value, codes, report, onRefused }),
    today: options.today ?? tokyoDate(new Date()),
    lookupKey: createSecretKey(options.lookupKey, 'base64url'),
  };
  return hasChanges ? importChanges(open) : importSnapshot(open);
}

/**
 * Imports a file of the register: a snapshot of it, or, where it has the column 更新区分, changes to it
 * in their order. Refused rows are reported by line and column and spoil nobody else's. Protection is
 * added by a file, never taken away. One import works at a time; memory does not grow with the file.
 */
export async function importResidents(options: ImportOptions): Promise<Imported> {
  const imported = await withImportSession(options.database, async (session) => {
    try {
      return await importFile(options, session);
    } catch (error) {
      if (!(error instanceof BrokenCsv)) throw error;
      return refuse('import_refused', { reason: 'CSVとして読めません', line: error.line });
    }
  });
  return imported ?? refuse('import_running');
}

import type { Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { ResidentRecord } from '../domain/resident-row.ts';
import { readRow } from '../domain/resident-row.ts';
import type { Scope } from '../store/import-store.ts';
import { finishRun, startRun, withImportLock } from '../store/import-store.ts';
import type { Encoding, FileRow } from './read-file.ts';
import { isBrokenCsv, openCsv } from './read-file.ts';
import type { Header } from './read-header.ts';
import { cellsOf, readHeader } from './read-header.ts';
import type { RefusedRow } from './refusals-csv.ts';
import type { ChunkCounts } from './write-chunk.ts';
import { writeChunk } from './write-chunk.ts';

export type ImportOptions = Scope & {
  database: Database;
  path: string;
  /** Who stands for it in the audit log. */
  who: Who;
  /** Says what would change, and changes nothing. */
  dryRun?: boolean;
  /** Rows read so far, and the share of the file done, 0 to 1. */
  onProgress?: (rows: number, share: number) => void;
};

export type ImportReport = ChunkCounts & {
  encoding: Encoding;
  rows: number;
  /** Each fault of each refused row. */
  refused: RefusedRow[];
  refusedRows: number;
  /** Columns of the file that the register does not know. */
  ignoredColumns: string[];
};

type Imported = Result<ImportReport, Refusal<'import_refused' | 'import_running'>>;

/** Rows that are written together, or not at all. */
const CHUNK = 500;

function emptyReport(encoding: Encoding): ImportReport {
  return {
    encoding,
    rows: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    newlyProtected: 0,
    protectionKept: 0,
    refused: [],
    refusedRows: 0,
    ignoredColumns: [],
  };
}

/** Takes a row in, or notes why not. */
function takeRow(report: ImportReport, header: Header, row: FileRow): ResidentRecord | undefined {
  const { line, values } = row;
  report.rows += 1;
  if (values.length !== header.columns.length) {
    report.refusedRows += 1;
    report.refused.push({ line, column: '', reason: '列の数が見出しと違います' });
    return undefined;
  }
  const read = readRow(cellsOf(header, values));
  if (read.ok) return read.value;
  report.refusedRows += 1;
  report.refused.push(...read.refusal.faults.map((fault) => ({ line, ...fault })));
  return undefined;
}

function addUp(report: ImportReport, counts: ChunkCounts): void {
  for (const [name, count] of Object.entries(counts) as [keyof ChunkCounts, number][])
    report[name] += count;
}

async function importFile(options: ImportOptions): Promise<Imported> {
  const file = await openCsv(options.path);
  const report = emptyReport(file.encoding);
  const importRunId = newId();
  if (!options.dryRun) await startRun(options.database, importRunId, file.digest);
  let header: Header | undefined;
  let records: ResidentRecord[] = [];
  const write = async (): Promise<void> => {
    if (records.length > 0) addUp(report, await writeChunk(records, { ...options, importRunId }));
    records = [];
    options.onProgress?.(report.rows, file.share());
  };
  for await (const row of file.rows()) {
    if (header) {
      const record = takeRow(report, header, row);
      if (record) records.push(record);
      if (records.length === CHUNK) await write();
      continue;
    }
    const read = readHeader(row.values);
    if (!read.ok) return read;
    header = read.value;
    report.ignoredColumns = header.ignored;
  }
  if (!header) return refuse('import_refused', { reason: 'ファイルが空です' });
  await write();
  if (!options.dryRun) await finishRun(options.database, importRunId, report);
  return ok(report);
}

/**
 * Imports a snapshot of the register, 500 rows at a time. Refused rows are reported by line and column
 * and spoil nobody else's. A run that was killed is simply started again: rows that are already as the
 * file has them stay untouched and announce nothing. Protection is added by a file, never taken away.
 */
export async function importResidents(options: ImportOptions): Promise<Imported> {
  const imported = await withImportLock(options.database, async () => {
    try {
      return await importFile(options);
    } catch (error) {
      if (!isBrokenCsv(error)) throw error;
      return refuse('import_refused', { reason: 'CSVとして読めません', line: error.lines });
    }
  });
  return imported ?? refuse('import_running');
}

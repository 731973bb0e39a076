import { readFile } from 'node:fs/promises';
import type { Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { Clock, CsvRecord, Refusal, Result } from '@madoguchi/kernel';
import { BrokenCsv, csvRecords, decodeCsv, ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Dose } from '../domain/dose.ts';
import { VRS_PRODUCTS } from '../domain/products.ts';
import type { VrsHeader, VrsRow } from '../domain/vrs-row.ts';
import { ADDRESSEE_COLUMN, readVrsHeader, readVrsRow } from '../domain/vrs-row.ts';
import { withImportLock } from '../store/import-lock.ts';
import { residentsOfTickets } from '../store/ledger-store.ts';
import type { Recorded } from '../store/record-doses.ts';
import { recordDoses } from '../store/record-doses.ts';

/** A row that was not imported: line in the file, column, and why; never a value. */
export type RefusedRow = { line: number; column: string; reason: string };

export type ImportDosesOptions = {
  database: Database;
  clock: Clock;
  who: Who;
  path: string;
  /** Resident ids of 宛名番号, from the registry; those it does not know are absent. */
  residentsOf(addresseeNumbers: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Product of a maker's name; the VRS's presets where absent. */
  products?: typeof VRS_PRODUCTS;
  /** Says what would be refused, and records nothing. */
  dryRun?: boolean;
  /** Rows dealt with, and the share of the file, 0 to 1. */
  onProgress?: (rows: number, share: number) => void;
};

export type ImportDosesReport = Recorded & {
  encoding: 'utf-8' | 'shift_jis';
  rows: number;
  doses: number;
  refused: RefusedRow[];
  refusedRows: number;
  ignoredColumns: string[];
};

type ReadRow = VrsRow & { line: number };

/** Rows that are looked up and recorded together. */
const CHUNK = 200;

function readRecords(
  records: readonly CsvRecord[],
  header: VrsHeader,
  given: { today: string; report: ImportDosesReport },
): ReadRow[] {
  const rows: ReadRow[] = [];
  for (const { line, values } of records) {
    const read = readVrsRow(header, values, given.today);
    if (read.ok) rows.push({ ...read.value, line });
    else refuseRow(given.report, line, read.refusal);
  }
  return rows;
}

function refuseRow(
  report: ImportDosesReport,
  line: number,
  faults: readonly { column: string; reason: string }[],
): void {
  report.refusedRows += 1;
  report.refused.push(...faults.map((fault) => ({ line, ...fault })));
}

/** Residents by 宛名番号, or, where a row has none, by a ticket of our own that the ledger knows. */
async function residentFinder(options: ImportDosesOptions, rows: readonly ReadRow[]) {
  const { municipalityCode } = options.who;
  const own = (row: VrsRow): string[] =>
    row.doses
      .filter((dose) => dose.municipalityCode === municipalityCode)
      .map((dose) => dose.ticketNumber);
  const numbers = rows.map((row) => row.addresseeNumber).filter((number) => number !== '');
  const byNumber = await options.residentsOf([...new Set(numbers)]);
  const unnumbered = rows.filter((row) => row.addresseeNumber === '').flatMap(own);
  const byTicket = await options.database.transaction(options.who, (tx) =>
    residentsOfTickets(tx.query, unnumbered),
  );
  return (row: VrsRow): string | undefined => {
    if (row.addresseeNumber !== '') return byNumber.get(row.addresseeNumber);
    const found = new Set(own(row).flatMap((number) => byTicket.get(number) ?? []));
    // Two residents in one row are a mismatch, never a choice.
    return found.size === 1 ? [...found][0] : undefined;
  };
}

function dosesOf(
  row: ReadRow,
  residentId: string,
  products: typeof VRS_PRODUCTS,
): Result<Dose[], { column: string; reason: string }[]> {
  const unknown = row.doses.filter((dose) => products[dose.maker] === undefined);
  if (unknown.length > 0)
    return {
      ok: false,
      refusal: unknown.map((dose) => ({
        column: `${dose.doseNumber}回目ワクチンメーカー`,
        reason: '登録のないメーカー名です',
      })),
    };
  return ok(
    row.doses.map(({ doseNumber, vaccinationDate, maker, venueName, lotNumber }) => ({
      residentId,
      doseNumber,
      vaccinationDate,
      productCode: products[maker]?.code ?? '',
      productName: products[maker]?.name ?? '',
      venueName,
      lotNumber,
    })),
  );
}

async function importChunk(
  options: ImportDosesOptions,
  rows: readonly ReadRow[],
  report: ImportDosesReport,
): Promise<void> {
  const residentOf = await residentFinder(options, rows);
  const doses: Dose[] = [];
  for (const row of rows) {
    const residentId = residentOf(row);
    if (residentId === undefined) {
      refuseRow(report, row.line, [
        { column: ADDRESSEE_COLUMN, reason: '住民を特定できませんでした' },
      ]);
      continue;
    }
    const made = dosesOf(row, residentId, options.products ?? VRS_PRODUCTS);
    if (made.ok) doses.push(...made.value);
    else refuseRow(report, row.line, made.refusal);
  }
  report.doses += doses.length;
  if (options.dryRun) return;
  const recorded = await recordDoses(options, doses);
  report.added += recorded.added;
  report.corrected += recorded.corrected;
  report.unchanged += recorded.unchanged;
}

async function importText(
  options: ImportDosesOptions,
  file: ReturnType<typeof decodeCsv>,
): Promise<Result<ImportDosesReport, Refusal<'import_refused'>>> {
  const [first, ...records] = csvRecords(file.text.replace(/^\ufeff/u, ''));
  if (!first) return refuse('import_refused', { reason: 'ファイルが空です' });
  const header = readVrsHeader(first.values);
  if (!header.ok)
    return refuse('import_refused', {
      reason: '必須の列がありません',
      columns: header.refusal.map((fault) => fault.column),
    });
  const report: ImportDosesReport = {
    encoding: file.encoding,
    rows: 0,
    doses: 0,
    added: 0,
    corrected: 0,
    unchanged: 0,
    refused: [],
    refusedRows: 0,
    ignoredColumns: header.value.ignored,
  };
  const today = tokyoDate(options.clock.now());
  for (let start = 0; start < records.length; start += CHUNK) {
    const chunk = records.slice(start, start + CHUNK);
    await importChunk(options, readRecords(chunk, header.value, { today, report }), report);
    report.rows += chunk.length;
    options.onProgress?.(report.rows, report.rows / records.length);
  }
  return ok(report);
}

/**
 * Imports the VRS ledger CSV. Refused rows are reported by line and column and spoil nobody else's; a
 * run that was killed is simply started again, since doses that stand already stay as they are.
 */
export async function importDoses(
  options: ImportDosesOptions,
): Promise<Result<ImportDosesReport, Refusal<'import_refused' | 'import_running'>>> {
  const file = decodeCsv(await readFile(options.path));
  const imported = await withImportLock(options.database, async () => {
    try {
      return await importText(options, file);
    } catch (error) {
      if (!(error instanceof BrokenCsv)) throw error;
      return refuse('import_refused', { reason: 'CSVとして読めません', line: error.line });
    }
  });
  return imported ?? refuse('import_running');
}

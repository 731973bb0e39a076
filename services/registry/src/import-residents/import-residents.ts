import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Who } from '@madoguchi/contracts';
import { residentsChanged } from '@madoguchi/contracts';
import type { Database, Transaction } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Column, CsvRow, ResidentRecord } from '../domain/resident-row.ts';
import { COLUMNS, readRow, REQUIRED } from '../domain/resident-row.ts';
import { protectHouseholds, upsertResidents } from '../store/import-store.ts';
import type { Scope } from '../store/import-store.ts';
import { residentCopies } from '../store/resident-copy.ts';
import { readCsv } from './read-file.ts';

export type ImportOptions = Scope & {
  database: Database;
  path: string;
  /** Who stands for it in the audit log. */
  who: Who;
  /** Says what would change, and changes nothing. */
  dryRun?: boolean;
  onProgress?: (rows: number) => void;
};

export type RefusedRow = { line: number; column: string; reason: string };
export type ImportReport = {
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  newlyProtected: number;
  refused: RefusedRow[];
  ignoredColumns: string[];
};

/** Rows that are written together, or not at all. */
const CHUNK = 500;

class DryRun extends Error {}

type Pending = { records: ResidentRecord[]; report: ImportReport; options: ImportOptions };

async function announce(tx: Transaction, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += CHUNK) {
    const residents = await residentCopies(tx.query, { ids: ids.slice(start, start + CHUNK) });
    if (residents.length > 0)
      tx.record({
        type: residentsChanged,
        aggregateId: newId(),
        aggregateVersion: 1,
        payload: { residents },
      });
  }
}

async function writeChunk({ records, report, options }: Pending): Promise<void> {
  if (records.length === 0) return;
  // Two rows of one person in one chunk: the last one holds, as it would across chunks.
  const unique = [...new Map(records.map((record) => [record.addresseeNumber, record])).values()];
  const { touched } = await options.database.transaction(options.who, async (tx) => {
    const list = await upsertResidents(tx.query, unique, options);
    await announce(
      tx,
      list.map((row) => row.id),
    );
    tx.audit({
      action: 'import',
      operation: 'registry.import-residents',
      outcome: 'done',
      detail: { rows: records.length, touched: list.length },
    });
    if (options.dryRun) {
      count(report, records.length, list);
      throw new DryRun();
    }
    return { touched: list };
  });
  count(report, records.length, touched);
}

function count(report: ImportReport, rows: number, touched: readonly { added: boolean }[]): void {
  const added = touched.filter((row) => row.added).length;
  report.added += added;
  report.changed += touched.length - added;
  report.unchanged += rows - touched.length;
}

function readHeader(
  values: readonly string[],
): Result<(Column | undefined)[], Refusal<'import_refused'>> & { ignored?: string[] } {
  const names = values.map((name) => name.trim());
  const missing = REQUIRED.filter((column) => !names.includes(column));
  if (missing.length > 0) return refuse('import_refused', { missingColumns: missing });
  const known = names.map((name) => COLUMNS.find((column) => column === name));
  return { ...ok(known), ignored: names.filter((_name, index) => known[index] === undefined) };
}

const toRow = (header: readonly (Column | undefined)[], values: readonly string[]): CsvRow =>
  Object.fromEntries(
    header.flatMap((column, index) => (column ? [[column, values[index] ?? '']] : [])),
  );

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Imports a snapshot of the register, 500 rows at a time. Refused rows are reported by line and column
 * and spoil nobody else's; a run that was killed is simply started again, since rows that are already as
 * the file has them stay untouched. Stored names keep their characters.
 */
export async function importResidents(
  options: ImportOptions,
): Promise<Result<ImportReport, Refusal<'import_refused' | 'import_running'>>> {
  const lock = await options.database.pool.connect();
  try {
    const { rows } = await lock.query<{ held: boolean }>(
      `SELECT pg_try_advisory_lock(hashtext('madoguchi-import')) AS held`,
    );
    if (rows[0]?.held !== true) return refuse('import_running');
    return await importFile(options);
  } finally {
    await lock.query(`SELECT pg_advisory_unlock_all()`).catch(() => undefined);
    lock.release();
  }
}

async function importFile(
  options: ImportOptions,
): Promise<Result<ImportReport, Refusal<'import_refused'>>> {
  const report: ImportReport = {
    rows: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    newlyProtected: 0,
    refused: [],
    ignoredColumns: [],
  };
  let header: (Column | undefined)[] | undefined;
  let records: ResidentRecord[] = [];
  const write = async (): Promise<void> => {
    await writeChunk({ records, report, options }).catch((error: unknown) => {
      if (!(error instanceof DryRun)) throw error;
    });
    records = [];
    options.onProgress?.(report.rows);
  };
  for await (const { line, values } of readCsv(options.path)) {
    if (!header) {
      const read = readHeader(values);
      if (!read.ok) return read;
      header = read.value;
      report.ignoredColumns = read.ignored ?? [];
      continue;
    }
    report.rows += 1;
    const read = readRow(toRow(header, values));
    if (read.ok) records.push(read.value);
    else report.refused.push(...read.refusal.faults.map((fault) => ({ line, ...fault })));
    if (records.length === CHUNK) await write();
  }
  await write();
  if (!options.dryRun) report.newlyProtected = await finish(options, report);
  return ok(report);
}

/** Households of protected people, and the note of what was imported. */
async function finish(options: ImportOptions, report: ImportReport): Promise<number> {
  const fileDigest = await digestOfFile(options.path);
  return options.database.transaction(options.who, async (tx) => {
    const inherited = await protectHouseholds(tx.query, options.municipalityCode);
    await announce(tx, inherited);
    await tx.query(
      `INSERT INTO import_run (id, file_digest, started_at, finished_at, added, changed, unchanged, refused)
       VALUES ($1::uuid, $2, now(), now(), $3, $4, $5, $6)`,
      [newId(), fileDigest, report.added, report.changed, report.unchanged, report.refused.length],
    );
    return inherited.length;
  });
}

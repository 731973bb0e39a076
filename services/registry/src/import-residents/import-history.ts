import { residentsChanged } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { CalendarDate, Refusal, Result } from '@madoguchi/kernel';
import { newId, ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { HistoryColumn, HistoryEntry } from '../domain/history-row.ts';
import {
  HISTORY_COLUMNS,
  mergeHistory,
  readHistoryRow,
  REQUIRED_OF_HISTORY,
} from '../domain/history-row.ts';
import type { CodeBook } from '../domain/register-codes.ts';
import { codeBook } from '../domain/register-codes.ts';
import { residencyIntervals } from '../domain/residency.ts';
import { ownCodes } from '../store/code-store.ts';
import { finishRun, startRun } from '../store/import-runs.ts';
import { withImportSession } from '../store/import-session.ts';
import type { KnownPerson, LearnedEvent } from '../store/residency-store.ts';
import {
  changeResidency,
  giveUpEvents,
  learnEvents,
  personsByNumber,
  residencyEvents,
} from '../store/residency-store.ts';
import type { ImportOptions } from './open-import.ts';
import type { CsvFile, Encoding } from './read-file.ts';
import { openCsv } from './read-file.ts';
import type { Header } from './read-header.ts';
import { cellsOf, readHeader } from './read-header.ts';
import type { RefusedRow } from './refusals-csv.ts';
import type { FileRow } from './split-records.ts';
import { BrokenCsv } from './split-records.ts';

export type HistoryOptions = Omit<
  ImportOptions,
  'whole' | 'removalShare' | 'acceptRemovals' | 'lookupKey'
>;

export type HistoryReport = {
  encoding: Encoding;
  rows: number;
  /** Entries that are new, that correct one under the same number, and that were known. */
  added: number;
  corrected: number;
  unchanged: number;
  /** People whose residence turned out to be another. */
  residencyChanged: number;
  refusedRows: number;
  /** The first thousand faults; all of them go to `onRefused`. */
  refused: RefusedRow[];
};

type Entry = HistoryEntry & { line: number; asItCame: Record<string, string> };
type Open = {
  options: HistoryOptions;
  file: CsvFile;
  header: Header<HistoryColumn>;
  names: readonly string[];
  codes: CodeBook;
  report: HistoryReport;
  today: CalendarDate;
  importRunId: string;
};

const LOT_SIZE = 5_000;
const EVENT_SIZE = 500;
const MOST_REPORTED = 1_000;

function refuseRow({ report, options }: Open, faults: readonly RefusedRow[]): void {
  report.refusedRows += 1;
  for (const fault of faults) {
    if (report.refused.length < MOST_REPORTED) report.refused.push(fault);
    options.onRefused?.(fault);
  }
}

function takeRow(open: Open, { line, values }: FileRow): Entry | undefined {
  const { header, names, codes } = open;
  if (values.length !== names.length) {
    refuseRow(open, [{ line, column: '', reason: '列の数が見出しと違います' }]);
    return undefined;
  }
  const read = readHistoryRow(cellsOf(header, values), codes);
  if (!read.ok) {
    refuseRow(
      open,
      read.refusal.faults.map((fault) => ({ line, ...fault })),
    );
    return undefined;
  }
  const asItCame = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  return { ...read.value, line, asItCame };
}

async function learn(tx: Transaction, open: Open, lot: Map<KnownPerson, Entry[]>): Promise<void> {
  const { report, today } = open;
  const stored = await residencyEvents(
    tx.query,
    [...lot.keys()].map((person) => person.residentId),
  );
  const givenUpIds: string[] = [];
  const learnedEvents: LearnedEvent[] = [];
  const residency = [...lot].map(([person, entries]) => {
    const { residentId } = person;
    const believed = (stored.get(residentId) ?? []).filter((one) => !one.knownUntil);
    const { givenUp, learned } = mergeHistory(believed, entries, today);
    const corrected = givenUp.filter((one) => one.historyNumber !== null).length;
    report.corrected += corrected;
    report.added += learned.length - corrected;
    report.unchanged += entries.length - learned.length;
    givenUpIds.push(...givenUp.map((one) => one.id));
    for (const { entry, event } of learned) {
      const { historyNumber, notifiedOn, asItCame } = entry;
      learnedEvents.push({ ...event, residentId, historyNumber, notifiedOn, asItCame });
    }
    const left = believed.filter((one) => !givenUp.includes(one));
    const all = [...left, ...learned.map((one) => one.event)];
    return { residentId, residency: residencyIntervals(all, person.dateOfBirth as CalendarDate) };
  });
  await giveUpEvents(tx.query, givenUpIds, today);
  await learnEvents(tx.query, learnedEvents);
  const changed = await changeResidency(tx.query, residency);
  report.residencyChanged += changed.length;
  for (let at = 0; at < changed.length; at += EVENT_SIZE) {
    const residents = changed.slice(at, at + EVENT_SIZE);
    tx.record({
      type: residentsChanged,
      aggregateId: newId(),
      aggregateVersion: 1,
      payload: { residents },
    });
  }
  const touched = [...new Set(learnedEvents.map((one) => one.residentId))];
  for (let at = 0; at < touched.length; at += 1_000)
    tx.audit({
      action: 'import',
      operation: 'registry.import-history',
      outcome: 'done',
      residents: touched.slice(at, at + 1_000),
      detail: { importRunId: open.importRunId },
    });
}

class DryRun extends Error {
  override readonly name = 'DryRun';
}

async function writeLot(open: Open, entries: readonly Entry[]): Promise<void> {
  const { database, who, municipalityCode } = open.options;
  const byNumber = Map.groupBy(entries, (entry) => entry.addresseeNumber);
  const write = database.transaction(who, async (tx) => {
    const persons = await personsByNumber(tx.query, municipalityCode, [...byNumber.keys()]);
    const known = new Map(persons.map((one) => [one, byNumber.get(one.addresseeNumber) ?? []]));
    for (const person of persons) byNumber.delete(person.addresseeNumber);
    await learn(tx, open, known);
    if (open.options.dryRun) throw new DryRun('nothing is kept of a dry run');
  });
  await write.catch((error: unknown) => {
    if (!(error instanceof DryRun)) throw error;
  });
  for (const { line } of [...byNumber.values()].flat())
    refuseRow(open, [{ line, column: '宛名番号', reason: 'この宛名番号の人は台帳にいません' }]);
}

async function readLots(open: Open): Promise<void> {
  const { file, report, options } = open;
  let lot: Entry[] = [];
  let header = true;
  for await (const rows of file.lots()) {
    for (const row of rows) {
      if (header) {
        header = false;
        continue;
      }
      report.rows += 1;
      const entry = takeRow(open, row);
      if (entry) lot.push(entry);
      if (lot.length < LOT_SIZE) continue;
      await writeLot(open, lot);
      lot = [];
    }
    options.onProgress?.(report.rows, file.share(), 'writing');
  }
  if (lot.length > 0) await writeLot(open, lot);
}

type Imported = Result<HistoryReport, Refusal<'import_refused' | 'import_running'>>;

async function importFile(options: HistoryOptions): Promise<Imported> {
  const file = await openCsv(options.path);
  let names: readonly string[] | undefined;
  for await (const [first] of file.lots()) {
    names = first?.values.map((name) => name.trim());
    break;
  }
  if (!names) return refuse('import_refused', { reason: 'ファイルが空です' });
  const header = readHeader(names, { columns: HISTORY_COLUMNS, required: REQUIRED_OF_HISTORY });
  if (!header.ok) return header;
  const importRunId = newId();
  const report: HistoryReport = {
    encoding: file.encoding,
    rows: 0,
    added: 0,
    corrected: 0,
    unchanged: 0,
    residencyChanged: 0,
    refusedRows: 0,
    refused: [],
  };
  const { database, municipalityCode } = options;
  const codes = codeBook(await ownCodes(database.read, municipalityCode));
  const today = options.today ?? tokyoDate(new Date());
  await readLots({ options, file, header: header.value, names, codes, report, today, importRunId });
  if (options.dryRun) return ok(report);
  await startRun(database, { id: importRunId, kind: 'history', fileDigest: file.digest() });
  await finishRun(database, importRunId, { ...report, changed: report.corrected });
  return ok(report);
}

/**
 * Imports a history file (異動履歴): entries of people who are on the register, numbered by it. An entry
 * that is known changes nothing, so a run cut short is started again, and the file again does nothing.
 */
export async function importHistory(options: HistoryOptions): Promise<Imported> {
  const imported = await withImportSession(options.database, async () => {
    try {
      return await importFile(options);
    } catch (error) {
      if (!(error instanceof BrokenCsv)) throw error;
      return refuse('import_refused', { reason: 'CSVとして読めません', line: error.line });
    }
  });
  return imported ?? refuse('import_running');
}

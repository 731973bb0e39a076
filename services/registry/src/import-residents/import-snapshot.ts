import { copyLine } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { ResidentRecord } from '../domain/resident-row.ts';
import { finishRun, startRun } from '../store/import-runs.ts';
import { absentNumbers, countAbsent, noteRows, rowsToDo } from '../store/import-session.ts';
import { stagedLine } from '../store/staged-rows.ts';
import type { ImportReport } from './import-report.ts';
import { addUp } from './import-report.ts';
import { lotWriter } from './lot-writer.ts';
import type { OpenImport } from './open-import.ts';
import type { RowMarks } from './row-marks.ts';
import { rowMarks } from './row-marks.ts';
import type { FileRow } from './split-records.ts';
import type { Lot, LotOptions } from './write-lot.ts';
import { emptyLot, writeLot } from './write-lot.ts';

/** Rows that are written together, or not at all. */
const LOT_SIZE = 7_000;
/** Share of the register that a file may take off without being asked again. */
const REMOVAL_SHARE = 0.01;

/** Number and digest of every row: enough to know which of them have to be read. */
async function* surveyed(open: OpenImport): AsyncGenerator<string> {
  const { file, taker, report, options } = open;
  let header = true;
  for await (const rows of file.lots()) {
    let lines = '';
    for (const row of rows) {
      if (!header)
        lines += copyLine([report.rows++, taker.numberOf(row).slice(0, 50), taker.digestOf(row)]);
      header = false;
    }
    if (lines !== '') yield lines.replaceAll('\0', '');
    options.onProgress?.(report.rows, file.share(), 'reading');
  }
}

type ToDo = { wanted: RowMarks; repeated: RowMarks };

async function findToDo({ session, options }: OpenImport): Promise<ToDo> {
  const todo: ToDo = { wanted: rowMarks(), repeated: rowMarks() };
  for await (const page of rowsToDo(session, options.municipalityCode))
    for (const { place, repeated } of page) {
      todo.wanted.add(place);
      if (repeated) todo.repeated.add(place);
    }
  return todo;
}

type Stop = Refusal<'import_refused' | 'import_would_remove'>;

/** A file that would take too many people off is more likely a wrong file. */
async function countRemovals(open: OpenImport): Promise<Stop | undefined> {
  const { options, session, report } = open;
  if (!options.whole) return undefined;
  const { residents, absent } = await countAbsent(session, options.municipalityCode);
  report.absent = absent;
  const most = Math.floor(residents * (options.removalShare ?? REMOVAL_SHARE));
  if (absent <= most || options.acceptRemovals) return undefined;
  return refuse('import_would_remove', { absent, residents, most }).refusal;
}

/** Puts a read row into a lot. */
export function addToLot(lot: Lot, record: ResidentRecord, line: string): void {
  lot.lines.push(line);
  if (record.householdNumber !== null) lot.households.add(record.householdNumber);
  if (!record.restricted) lot.free.add(record.addresseeNumber);
}

async function writeRows(open: OpenImport, todo: ToDo, lotOptions: LotOptions): Promise<void> {
  const { file, taker, report, options, lookupKey } = open;
  const writer = lotWriter<Lot>(async (lot) => addUp(report, await writeLot(lot, lotOptions)));
  let lot = emptyLot();
  let place = -1;
  const takeRow = (row: FileRow): void => {
    if (todo.repeated.has(place)) {
      const reason = '同じ宛名番号の行が後にもあります';
      taker.refuse([{ line: row.line, column: '宛名番号', reason }]);
      return;
    }
    const record = taker.take(row);
    if (record) addToLot(lot, record, stagedLine(record, taker.digestOf(row), lookupKey));
  };
  try {
    for await (const rows of file.lots()) {
      for (const row of rows) {
        // The header is no row; the others are counted from 0.
        if (place >= 0 && todo.wanted.has(place)) takeRow(row);
        place += 1;
        if (lot.lines.length < LOT_SIZE) continue;
        await writer.add(lot);
        lot = emptyLot();
      }
      options.onProgress?.(Math.max(place, 0), file.share(), 'writing');
    }
    await writer.add(lot);
  } finally {
    await writer.end();
  }
}

async function removeAbsent(open: OpenImport, lotOptions: LotOptions): Promise<void> {
  const { options, session, report } = open;
  if (!options.whole || report.absent === 0) return;
  const how = { type: 'その他', kind: 'left-otherwise', date: lotOptions.today };
  for await (const numbers of absentNumbers(session, LOT_SIZE)) {
    const removals = numbers.map((number) => ({ number, ...how }));
    addUp(report, await writeLot({ ...emptyLot(), removals }, lotOptions));
  }
}

/**
 * Imports the register as it stands. A first reading finds the rows that do not stand in the register
 * as they came, a second one reads and writes only them; so a run that was cut short is simply started
 * again, and the same file again changes and announces nothing.
 */
export async function importSnapshot(open: OpenImport): Promise<Result<ImportReport, Stop>> {
  const { options, session, report, file } = open;
  await noteRows(session, surveyed(open));
  const todo = await findToDo(open);
  const stop = await countRemovals(open);
  if (stop) return { ok: false, refusal: stop };
  const importRunId = newId();
  const fileDigest = file.digest();
  if (!options.dryRun)
    await startRun(options.database, { id: importRunId, kind: 'snapshot', fileDigest });
  const lotOptions = { ...options, today: open.today, importRunId };
  report.unchanged += report.rows - todo.wanted.size();
  if (todo.wanted.size() > 0) await writeRows(open, todo, lotOptions);
  if (file.digest() !== fileDigest)
    return refuse('import_refused', { reason: '読み込みの間にファイルが変わりました' });
  await removeAbsent(open, lotOptions);
  if (!options.dryRun) await finishRun(options.database, importRunId, report);
  return ok(report);
}

import type { Refusal, Result } from '@madoguchi/kernel';
import { newId, ok, refuse } from '@madoguchi/kernel';
import { CHANGE_COLUMN, CHANGES } from '../domain/resident-columns.ts';
import { earlierRun, finishRun, startRun } from '../store/import-runs.ts';
import { stagedLine } from '../store/staged-rows.ts';
import type { ImportReport } from './import-report.ts';
import { addUp } from './import-report.ts';
import { addToLot } from './import-snapshot.ts';
import { lotWriter } from './lot-writer.ts';
import type { OpenImport } from './open-import.ts';
import type { FileRow } from './split-records.ts';
import type { Lot } from './write-lot.ts';
import { emptyLot, writeLot } from './write-lot.ts';

const LOT_SIZE = 5_000;

type OrderedLot = Lot & { rowsDone: number; numbers: Set<string> };
const orderedLot = (): OrderedLot => ({ ...emptyLot(), rowsDone: 0, numbers: new Set() });

/** Puts one change into a lot, or notes why not. */
function takeChange(open: OpenImport, lot: OrderedLot, row: FileRow): void {
  const { taker, lookupKey, today } = open;
  const cells = taker.cells(row) as Record<string, string | undefined>;
  const change = cells[CHANGE_COLUMN]?.trim().normalize('NFKC') ?? '';
  const kind = CHANGES[change];
  if (kind === undefined) {
    const reason = '追加・更新・削除のどれでもありません';
    taker.refuse([{ line: row.line, column: CHANGE_COLUMN, reason }]);
    return;
  }
  if (kind === 'remove') {
    const removal = taker.takeRemoval(row, cells, today);
    if (removal) lot.removals.push(removal);
    return;
  }
  const record = taker.take(row, cells);
  if (record) addToLot(lot, record, stagedLine(record, taker.digestOf(row), lookupKey));
}

async function writeChanges(
  open: OpenImport,
  write: (lot: OrderedLot) => Promise<void>,
  from: number,
): Promise<void> {
  const { file, taker, report, options } = open;
  const writer = lotWriter(write);
  let lot = orderedLot();
  let place = -1;
  try {
    for await (const rows of file.lots()) {
      for (const row of rows) {
        place += 1;
        // The header is at place 0, so a row's place is the number of rows up to it.
        if (place <= from) continue;
        const number = taker.numberOf(row);
        // Who is in the lot already is changed again in the next one: the order of the file holds.
        if (lot.numbers.has(number) || lot.numbers.size === LOT_SIZE) {
          await writer.add({ ...lot, rowsDone: place - 1 });
          lot = orderedLot();
        }
        lot.numbers.add(number);
        takeChange(open, lot, row);
      }
      options.onProgress?.(Math.max(place, 0), file.share(), 'writing');
    }
    report.rows = Math.max(place, 0);
    await writer.add({ ...lot, rowsDone: report.rows });
  } finally {
    await writer.end();
  }
}

/**
 * Imports changes in the order of the file: 追加, 更新, 削除. The file is known by its content: done
 * before, it does nothing again; cut short, it goes on behind the last row that was written.
 */
export async function importChanges(
  open: OpenImport,
): Promise<Result<ImportReport, Refusal<'import_refused'>>> {
  const { options, report, file } = open;
  for await (const rows of file.lots()) report.rows += rows.length;
  report.rows = Math.max(report.rows - 1, 0);
  const fileDigest = file.digest();
  const earlier = await earlierRun(options.database, 'changes', fileDigest);
  if (earlier?.finished) {
    report.doneBefore = true;
    report.unchanged = report.rows;
    return ok(report);
  }
  const importRunId = earlier?.id ?? newId();
  const from = earlier?.rowsDone ?? 0;
  report.unchanged = from;
  if (!options.dryRun && !earlier)
    await startRun(options.database, { id: importRunId, kind: 'changes', fileDigest });
  const lotOptions = { ...options, today: open.today, importRunId };
  await writeChanges(
    open,
    async (lot) => addUp(report, await writeLot(lot, { ...lotOptions, rowsDone: lot.rowsDone })),
    from,
  );
  if (file.digest() !== fileDigest)
    return refuse('import_refused', { reason: '読み込みの間にファイルが変わりました' });
  if (!options.dryRun) await finishRun(options.database, importRunId, report);
  return ok(report);
}

import type { CalendarDate, Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { CodeBook } from './register-codes.ts';
import type { ResidencyEvent, ResidencyKind } from './residency.ts';
import type { RowFault } from './row-reader.ts';
import { rowReader } from './row-reader.ts';

/** Columns of the history file that are read; all others are kept as they came. */
export const HISTORY_COLUMNS = [
  '宛名番号',
  '履歴番号',
  '異動事由',
  '異動年月日',
  '届出年月日',
  '処理年月日',
] as const;
export const REQUIRED_OF_HISTORY = ['宛名番号', '履歴番号', '異動事由', '異動年月日'] as const;
export type HistoryColumn = (typeof HISTORY_COLUMNS)[number];

/** One entry of a person's history, numbered by the register. */
export type HistoryEntry = {
  addresseeNumber: string;
  historyNumber: number;
  kind: ResidencyKind;
  on: CalendarDate;
  notifiedOn: CalendarDate | null;
  /** When the register had it: the day it was entered, else the day it was notified. */
  enteredOn: CalendarDate | null;
};

export type HistoryRefusal = Refusal<'row_refused'> & { faults: readonly RowFault[] };

/** Reads one row of a history file, or says everything that is wrong with it. */
export function readHistoryRow(
  cells: Partial<Record<string, string>>,
  codes: CodeBook,
): Result<HistoryEntry, HistoryRefusal> {
  const row = rowReader(cells);
  const addresseeNumber = row.required('宛名番号', 15);
  const historyNumber = Number(row.required('履歴番号', 9).normalize('NFKC'));
  if (!Number.isInteger(historyNumber) || historyNumber < 0)
    row.fault('履歴番号', '0以上の整数ではありません');
  const reason = row.required('異動事由');
  const kind = codes.residencyKind('異動事由', reason);
  if (kind === undefined && reason !== '') row.fault('異動事由', 'コード表にない値です');
  row.required('異動年月日');
  const on = row.date('異動年月日');
  const notifiedOn = row.date('届出年月日');
  const enteredOn = row.date('処理年月日') ?? notifiedOn;
  if (row.faults.length > 0 || kind === undefined || on === null)
    return { ok: false, refusal: { ...refuse('row_refused').refusal, faults: row.faults } };
  return ok({ addresseeNumber, historyNumber, kind, on, notifiedOn, enteredOn });
}

type Believed = ResidencyEvent & { historyNumber: number | null };

export type HistoryRevision<E, H> = {
  givenUp: E[];
  learned: { entry: H; event: ResidencyEvent }[];
};

/**
 * What a history file's entries teach about one person. An entry that stands differently under its
 * number is a correction known from today; a new one was known since the register had it. What a
 * snapshot told before under no number is taken over by the entry that says the same.
 */
export function mergeHistory<E extends Believed, H extends HistoryEntry>(
  believed: readonly E[],
  entries: readonly H[],
  today: CalendarDate,
): HistoryRevision<E, H> {
  const givenUp: E[] = [];
  const learned = new Map<number, { entry: H; event: ResidencyEvent }>();
  for (const entry of entries) {
    const same = (one: ResidencyEvent): boolean => one.kind === entry.kind && one.on === entry.on;
    const old = believed.find((one) => one.historyNumber === entry.historyNumber);
    if (old && same(old)) continue;
    if (old) givenUp.push(old);
    givenUp.push(...believed.filter((one) => one.historyNumber === null && same(one)));
    const since = entry.enteredOn ?? today;
    const knownFrom = old || since > today ? today : since;
    const event = { kind: entry.kind, on: entry.on, knownFrom, knownUntil: null };
    // The last row under a number holds.
    learned.set(entry.historyNumber, { entry, event });
  }
  return { givenUp: [...new Set(givenUp)], learned: [...learned.values()] };
}

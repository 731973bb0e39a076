import type { importSessions as ImportSessions, ReplyOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { CsvRecord, Refusal, Result } from '@madoguchi/kernel';
import { firstFaults, ok, refuse } from '@madoguchi/kernel';
import type { NotOpened, OpeningTime } from '../domain/may-open.ts';
import type { Fault } from '../domain/file-columns.ts';
import { unguarded } from '../domain/session-csv.ts';
import type { ReadSession, SessionHeader } from '../domain/session-row.ts';
import { readSessionHeader, readSessionRow } from '../domain/session-row.ts';
import { openingTime, whyNotOpenedAt } from '../store/opening-store.ts';
import { insertSession, isTakenBySession, lockVenueSessions } from '../store/session-store.ts';
import { findVenue } from '../store/venue-store.ts';
import { readRecords } from './read-records.ts';

type Report = ReplyOf<typeof ImportSessions>;
type Row = { line: number; session: ReadSession };

const MOST_ROWS = 5_000;

function readRows(header: SessionHeader, records: readonly CsvRecord[], report: Report): Row[] {
  const rows: Row[] = [];
  for (const { line, values } of records) {
    const read = readSessionRow(header, values.map(unguarded));
    if (read.ok) rows.push({ line, session: read.session });
    else report.refused.push(...read.faults.map((fault) => ({ line, ...fault })));
  }
  return rows;
}

const overlap = (one: ReadSession, other: ReadSession): boolean =>
  one.venueCode === other.venueCode &&
  one.productCode === other.productCode &&
  one.day === other.day &&
  one.pattern.startsAt < other.pattern.endsAt &&
  other.pattern.startsAt < one.pattern.endsAt;

const FAULT_OF = {
  'in-past': { column: '接種日', reason: '過ぎた日です' },
  'too-far': { column: '接種日', reason: 'まだ枠を開けない先の日です' },
  'product-not-given': { column: 'ワクチン', reason: 'この会場では扱わないワクチンです' },
  'product-over': { column: '接種日', reason: 'このワクチンの接種ルールが終わっている日です' },
  'venue-closed': { column: '接種日', reason: '会場の休業日です' },
} as const satisfies Record<Exclude<NotOpened['why'], 'outside-hours'>, Fault>;

async function faultOf(
  tx: Transaction,
  session: ReadSession,
  given: { earlier: readonly ReadSession[]; time: OpeningTime },
): Promise<Fault | undefined> {
  const venue = await findVenue(tx.query, session.venueCode);
  if (!venue) return { column: '会場コード', reason: '登録のない会場です' };
  const not = await whyNotOpenedAt(tx.query, { ...session, venue }, given.time);
  if (not?.why === 'outside-hours') return { column: '開始', reason: not.fault.ja };
  if (not) return FAULT_OF[not.why];
  if (given.earlier.some((other) => overlap(session, other)))
    return { column: '開始', reason: 'ファイルの中で時間が重なっています' };
  if (await isTakenBySession(tx.query, session))
    return { column: '開始', reason: '同じ時間の予約枠がすでにあります' };
  return undefined;
}

async function checkRows(
  tx: Transaction,
  rows: readonly Row[],
  { report, time }: { report: Report; time: OpeningTime },
): Promise<void> {
  const venues = [...new Set(rows.map(({ session }) => session.venueCode))].toSorted();
  for (const venueCode of venues) await lockVenueSessions(tx, venueCode);
  const earlier = new Map<string, ReadSession[]>();
  for (const { line, session } of rows) {
    const place = `${session.venueCode}/${session.day}`;
    const before = earlier.get(place) ?? [];
    const fault = await faultOf(tx, session, { earlier: before, time });
    if (fault) report.refused.push({ line, ...fault });
    earlier.set(place, [...before, session]);
  }
}

/** Opens the sessions of a file: all of them, or none and every fault by line and column. */
export async function importFile(
  tx: Transaction,
  bytes: Uint8Array,
  { now, dryRun }: { now: Date; dryRun: boolean },
): Promise<Result<Report, Refusal<'import_refused'>>> {
  const file = readRecords(bytes);
  if (!file.ok) return file;
  const [first, ...records] = file.value.records;
  if (!first) return refuse('import_refused', { reason: 'ファイルが空です' });
  if (records.length > MOST_ROWS)
    return refuse('import_refused', { reason: `${MOST_ROWS}行までです。ファイルを分けてください` });
  const read = readSessionHeader(first.values);
  if (!read.ok) return refuse('import_refused', { reason: read.reason, columns: read.columns });
  const report: Report = {
    encoding: file.value.encoding,
    rows: records.length,
    opened: 0,
    slots: 0,
    ignoredColumns: read.header.ignored,
    refused: [],
  };
  const rows = readRows(read.header, records, report);
  await checkRows(tx, rows, { report, time: await openingTime(tx.query, now) });
  report.refused = firstFaults(report.refused);
  if (report.refused.length > 0 || dryRun) return ok(report);
  for (const { session } of rows) {
    const { slots } = await insertSession(tx, session);
    report.opened += 1;
    report.slots += slots;
  }
  tx.audit({
    action: 'import',
    operation: 'reservations.import-sessions',
    outcome: 'done',
    detail: { rows: report.rows, opened: report.opened, slots: report.slots },
  });
  return ok(report);
}

import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, calendarDate, daysBetween } from '@madoguchi/kernel';
import type { HistoryColumn } from '../domain/history-row.ts';
import type { CsvRow } from '../domain/resident-columns.ts';
import type { Random } from './random.ts';
import { seededRandom } from './random.ts';

export type HistoryCells = Partial<Record<HistoryColumn, string>>;

const REMOVALS_PLANNED = 0.5;
const TAKEN_BACK = 0.01;
const MOVED_WITHIN = 0.35;

const compact = (date: CalendarDate): string => date.replaceAll('-', '');
const dayOf = (cell: string | undefined): CalendarDate | undefined =>
  cell ? calendarDate(`${cell.slice(0, 4)}-${cell.slice(4, 6)}-${cell.slice(6, 8)}`) : undefined;

type Told = { reason: string; on: CalendarDate; notified: CalendarDate };

/** What happened to one person, ending with what the snapshot says of them. */
function lifeOf(random: Random, row: CsvRow): Told[] {
  const last = dayOf(row.異動年月日);
  const told: Told[] = [];
  if (!last || !row.異動事由) return told;
  const left = row.異動事由 === '転出' || row.異動事由 === '死亡';
  if (left) {
    const came = addDays(last, -random.between(400, 6_000));
    told.push({ reason: '転入', on: came, notified: addDays(came, random.between(0, 14)) });
  }
  if (row.異動事由 === '転出' && random.chance(REMOVALS_PLANNED))
    told.push({ reason: '転出予定', on: last, notified: addDays(last, -10) });
  told.push({ reason: row.異動事由, on: last, notified: dayOf(row.届出年月日) ?? last });
  if (left) return told;
  if (random.chance(MOVED_WITHIN)) {
    const on = addDays(last, random.between(30, 2_000));
    told.push({ reason: '転居', on, notified: addDays(on, 5) });
  }
  if (random.chance(TAKEN_BACK)) {
    const on = addDays(last, random.between(2_001, 3_000));
    told.push({ reason: '転出予定', on, notified: addDays(on, -14) });
    told.push({ reason: '転出取消', on, notified: addDays(on, 3) });
  }
  return told;
}

/** Invented history of invented people: the entries that led to what their snapshot says. */
export function* inventHistory(
  rows: Iterable<CsvRow>,
  options: { seed: number; today: CalendarDate },
): Generator<HistoryCells> {
  const random = seededRandom(options.seed);
  for (const row of rows) {
    // What the snapshot says was heard of by now; of the rest, what lies ahead has not happened.
    const life = lifeOf(random, row).filter(
      (one) => one.reason === row.異動事由 || daysBetween(one.notified, options.today) >= 0,
    );
    let number = 0;
    for (const { reason, on, notified } of life) {
      number += 1;
      yield {
        宛名番号: row.宛名番号 ?? '',
        履歴番号: String(number),
        異動事由: reason,
        異動年月日: compact(on),
        届出年月日: compact(notified),
        処理年月日: compact(notified < options.today ? notified : options.today),
      };
    }
  }
}

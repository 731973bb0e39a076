import type { SessionPattern } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { readDate, tokyoInstant } from '@madoguchi/kernel';
import type { Fault, FileHeader } from './file-columns.ts';
import { plain, readColumns } from './file-columns.ts';
import { patternFaults } from './session-pattern.ts';

/** Columns of a file of sessions. */
export const SESSION_COLUMNS = {
  会場コード: true,
  接種日: true,
  ワクチン: true,
  開始: true,
  終了: true,
  間隔分: false,
  休憩: false,
  定員: true,
  先頭追加: false,
  電話枠: true,
  Web枠: true,
  窓口枠: false,
  当日枠: false,
  受付開始: true,
  受付終了: false,
} as const;
type Column = keyof typeof SESSION_COLUMNS;

export type ReadSession = {
  venueCode: string;
  day: CalendarDate;
  productCode: string;
  pattern: SessionPattern;
  opensAt: Date;
  closesAt: Date | null;
};
export type SessionHeader = FileHeader<Column>;

/** Required columns that are missing, or any that stands there twice, refuse the file. */
export function readSessionHeader(
  cells: readonly string[],
): { ok: true; header: SessionHeader } | { ok: false; reason: string; columns: string[] } {
  const { missing, twice, header } = readColumns(cells, SESSION_COLUMNS);
  if (missing.length > 0) return { ok: false, reason: '必須の列がありません', columns: missing };
  if (twice.length > 0) return { ok: false, reason: '同じ名前の列があります', columns: twice };
  return { ok: true, header };
}

function readTime(text: string): string | undefined {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/u.exec(plain(text)) ?? [];
  const time = `${hour.padStart(2, '0')}:${minute}`;
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60 ? time : undefined;
}

/** `2026-10-01 09:00`; a day alone is its first minute. */
function readInstant(text: string): Date | undefined {
  const [day = '', time = '00:00', ...rest] = plain(text).split(/\s+/u);
  const read = readDate(day);
  const at = readTime(time);
  return read.kind === 'date' && !read.outsideEra && at !== undefined && rest.length === 0
    ? tokyoInstant(read.date, at)
    : undefined;
}

/** `12:00-13:00;15:00-15:10` */
function readGaps(text: string): SessionPattern['gaps'] | undefined {
  const gaps = plain(text)
    .split(/[;、]/u)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [from, to, ...rest] = part.split(/[-~〜～]/u).map(readTime);
      return from !== undefined && to !== undefined && rest.length === 0 ? { from, to } : undefined;
    });
  return gaps.length <= 10 && gaps.every((gap) => gap !== undefined) ? gaps : undefined;
}

/** What the cells of a row say; a cell that cannot be read is a fault and becomes its stand-in. */
function cellReader(header: SessionHeader, values: readonly string[]) {
  const faults: Fault[] = [];
  const text = (column: Column): string => values[header.places.get(column) ?? -1] ?? '';
  return {
    faults,
    text,
    take<T>(
      column: Column,
      read: (cell: string) => T | undefined,
      how: { reason: string; or: T },
    ): T {
      const value = read(text(column));
      if (value === undefined) faults.push({ column, reason: how.reason });
      return value ?? how.or;
    },
    number(column: Column, least: number, or: number): number {
      const cell = plain(text(column));
      if (cell === '' && !SESSION_COLUMNS[column]) return or;
      const value = /^\d{1,4}$/u.test(cell) ? Number(cell) : Number.NaN;
      if (value >= least && value <= 1_000) return value;
      faults.push({ column, reason: `${least}から1000までの整数ではありません` });
      return or;
    },
  };
}

const COLUMN_OF_FAULT: Record<string, Column> = {
  endsAt: '終了',
  gaps: '休憩',
  quotas: '電話枠',
  slotMinutes: '間隔分',
};
const midnight = '00:00';

function readPattern(cells: ReturnType<typeof cellReader>): SessionPattern {
  const time = { reason: '時刻として読めません', or: midnight };
  return {
    startsAt: cells.take('開始', readTime, time),
    endsAt: cells.take('終了', readTime, time),
    slotMinutes: cells.number('間隔分', 1, 10),
    gaps: cells.take('休憩', readGaps, { reason: '休憩の時間として読めません', or: [] }),
    capacity: cells.number('定員', 0, 0),
    extraAtStart: cells.number('先頭追加', 0, 0),
    quotas: {
      phone: cells.number('電話枠', 0, 0),
      web: cells.number('Web枠', 0, 0),
      staff: cells.number('窓口枠', 0, 0),
      'walk-in': cells.number('当日枠', 0, 0),
    },
  };
}

/** One row, or everything that is wrong with it. */
export function readSessionRow(
  header: SessionHeader,
  values: readonly string[],
): { ok: true; session: ReadSession } | { ok: false; faults: Fault[] } {
  if (values.length !== header.width) {
    const reason = `列が ${header.width} ではなく ${values.length} あります`;
    return { ok: false, faults: [{ column: '', reason }] };
  }
  const cells = cellReader(header, values);
  const instant = { reason: '日時として読めません', or: new Date(0) };
  const matching = (shape: RegExp) => (cell: string) =>
    shape.test(plain(cell)) ? plain(cell) : undefined;
  const readDay = (cell: string) => {
    const read = readDate(cell);
    return read.kind === 'date' && !read.outsideEra ? read.date : undefined;
  };
  const session = {
    venueCode: cells.take('会場コード', matching(/^\d{10}$/u), {
      reason: '10桁ではありません',
      or: '',
    }),
    day: cells.take('接種日', readDay, {
      reason: '日付として読めません',
      or: '1970-01-01' as CalendarDate,
    }),
    productCode: cells.take('ワクチン', matching(/^[A-Za-z0-9][\w-]{0,63}$/u), {
      reason: 'ワクチンのコードではありません',
      or: '',
    }),
    pattern: readPattern(cells),
    opensAt: cells.take('受付開始', readInstant, instant),
    closesAt:
      plain(cells.text('受付終了')) === '' ? null : cells.take('受付終了', readInstant, instant),
  };
  const { faults } = cells;
  if (faults.length === 0) {
    for (const { item, ja } of patternFaults(session.pattern))
      faults.push({ column: COLUMN_OF_FAULT[item.replace(/\[\d+\]$/u, '')] ?? item, reason: ja });
    if (session.closesAt !== null && session.closesAt <= session.opensAt)
      faults.push({ column: '受付終了', reason: '受付開始より前です' });
  }
  return faults.length === 0 ? { ok: true, session } : { ok: false, faults };
}

import type { CalendarDate } from '@madoguchi/kernel';
import { readDate } from '@madoguchi/kernel';

/** What is wrong with a row; no value is repeated in it. */
export type RowFault = { column: string; reason: string };

/** Reads cells of one row and collects everything that is wrong with them. */
export type RowReader = {
  readonly faults: readonly RowFault[];
  /** The cell, or null where it is empty. */
  text(column: string, longest?: number): string | null;
  required(column: string, longest?: number): string;
  date(column: string): CalendarDate | null;
  /** Values of a cell that may hold several. */
  list(column: string): string[];
  fault(column: string, reason: string): void;
};

const LONGEST = 200;
/** Control characters but tab and line breaks: PostgreSQL cannot store NUL, and nobody means the others. */
const UNWANTED = new RegExp(String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]`, 'u');
const SEPARATOR = /[、,;；/／]/u;

export function rowReader(row: Readonly<Partial<Record<string, string>>>): RowReader {
  const faults: RowFault[] = [];
  const fault = (column: string, reason: string): void => void faults.push({ column, reason });
  const text: RowReader['text'] = (column, longest = LONGEST) => {
    const value = row[column]?.trim() ?? '';
    if (value === '') return null;
    if (value.includes('\ufffd')) fault(column, '文字コードが読めません');
    if (UNWANTED.test(value)) fault(column, '制御文字が含まれています');
    if (value.length > longest && Array.from(value).length > longest)
      fault(column, `${longest}文字を超えています`);
    return value;
  };
  return {
    faults,
    fault,
    text,
    required(column, longest) {
      const value = text(column, longest);
      if (value === null) fault(column, '必須の項目が空です');
      return value ?? '';
    },
    date(column) {
      const value = text(column);
      if (value === null) return null;
      const read = readDate(value);
      if (read.kind === 'date') return read.date;
      fault(column, '日付として読めません');
      return null;
    },
    list: (column) =>
      (text(column) ?? '')
        .split(SEPARATOR)
        .map((one) => one.trim())
        .filter((one) => one !== ''),
  };
}

import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Column, CsvRow } from '../domain/resident-columns.ts';
import { COLUMNS, REQUIRED } from '../domain/resident-columns.ts';

/** Where each column of ours stands; `ignored` are columns of theirs that we do not know. */
export type Header = { columns: readonly (Column | undefined)[]; ignored: string[] };

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

/** Columns by name, in any order. A missing or doubled one refuses the file. */
export function readHeader(values: readonly string[]): Result<Header, Refusal<'import_refused'>> {
  const names = values.map((name) => name.trim());
  const missing = REQUIRED.filter((column) => !names.includes(column));
  if (missing.length > 0)
    return refuse('import_refused', { reason: '必須の列がありません', columns: missing });
  const columns = names.map((name) => COLUMNS.find((column) => column === name));
  const doubled = repeated(columns.filter((column) => column !== undefined));
  if (doubled.length > 0)
    return refuse('import_refused', { reason: '同じ列が二つあります', columns: doubled });
  return ok({ columns, ignored: names.filter((_, index) => columns[index] === undefined) });
}

export const cellsOf = (header: Header, values: readonly string[]): CsvRow =>
  Object.fromEntries(
    header.columns.flatMap((column, index) => (column ? [[column, values[index] ?? '']] : [])),
  );

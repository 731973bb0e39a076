import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Column, CsvRow } from '../domain/resident-columns.ts';

/** Where each column of ours stands; `ignored` are columns of theirs that we do not know. */
export type Header<C extends string = Column> = {
  columns: readonly (C | undefined)[];
  ignored: string[];
};

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

/** Columns by name, in any order. A missing or doubled one refuses the file. */
export function readHeader<C extends string>(
  values: readonly string[],
  known: { columns: readonly C[]; required: readonly C[] },
): Result<Header<C>, Refusal<'import_refused'>> {
  const names = values.map((name) => name.trim());
  const missing = known.required.filter((column) => !names.includes(column));
  if (missing.length > 0)
    return refuse('import_refused', { reason: '必須の列がありません', columns: missing });
  const columns = names.map((name) => known.columns.find((column) => column === name));
  const doubled = repeated(columns.filter((column) => column !== undefined));
  if (doubled.length > 0)
    return refuse('import_refused', { reason: '同じ列が二つあります', columns: doubled });
  return ok({ columns, ignored: names.filter((_, index) => columns[index] === undefined) });
}

export function cellsOf<C extends string = keyof CsvRow>(
  header: Header<C>,
  values: readonly string[],
): Partial<Record<C, string>> {
  const cells: Partial<Record<C, string>> = {};
  for (let index = 0; index < header.columns.length; index += 1) {
    const column = header.columns[index];
    const value = values[index];
    // An empty cell says as little as a column that is not there.
    if (column !== undefined && value) cells[column] = value;
  }
  return cells;
}

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { cp932Table, encodeCp932 } from '@madoguchi/kernel';
import type { CsvRow } from '../domain/resident-columns.ts';
import { COLUMNS } from '../domain/resident-columns.ts';
import { HISTORY_COLUMNS } from '../domain/history-row.ts';
import type { HistoryCells } from './invent-history.ts';

const cell = (value: string): string =>
  /[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** Writes rows as the register's host does: CP932, CRLF, header row. A character CP932 has not is a fault. */
async function writeFile<C extends string>(
  path: string,
  columns: readonly C[],
  rows: Iterable<Partial<Record<C, string>>>,
): Promise<number> {
  const table = cp932Table();
  const file = createWriteStream(path, { mode: 0o600 });
  const write = async (line: string): Promise<void> => {
    const { bytes, missing } = encodeCp932(`${line}\r\n`, table);
    if (missing.length > 0) throw new Error(`not in CP932: ${missing.join(' ')}`);
    if (!file.write(bytes)) await once(file, 'drain');
  };
  await write(columns.join(','));
  let count = 0;
  for (const row of rows) {
    await write(columns.map((column) => cell(row[column] ?? '')).join(','));
    count += 1;
  }
  file.end();
  await once(file, 'close');
  return count;
}

/** Writes people as the register's own snapshot file. */
export const writeResidentsFile = (path: string, rows: Iterable<CsvRow>): Promise<number> =>
  writeFile(path, COLUMNS, rows);

/** Writes entries as the register's own history file. */
export const writeHistoryFile = (path: string, rows: Iterable<HistoryCells>): Promise<number> =>
  writeFile(path, HISTORY_COLUMNS, rows);

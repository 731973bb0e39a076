import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { cp932Table, encodeCp932 } from '@madoguchi/kernel';
import type { CsvRow } from '../domain/resident-columns.ts';
import { COLUMNS } from '../domain/resident-columns.ts';

const cell = (value: string): string =>
  /[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** Writes people as the register's own snapshot file: CP932, CRLF, header row. A character CP932 has not is a fault. */
export async function writeResidentsFile(path: string, rows: Iterable<CsvRow>): Promise<number> {
  const table = cp932Table();
  const file = createWriteStream(path, { mode: 0o600 });
  const write = async (line: string): Promise<void> => {
    const { bytes, missing } = encodeCp932(`${line}\r\n`, table);
    if (missing.length > 0) throw new Error(`not in CP932: ${missing.join(' ')}`);
    if (!file.write(bytes)) await once(file, 'drain');
  };
  await write(COLUMNS.join(','));
  let count = 0;
  for (const row of rows) {
    await write(COLUMNS.map((column) => cell(row[column] ?? '')).join(','));
    count += 1;
  }
  file.end();
  await once(file, 'close');
  return count;
}

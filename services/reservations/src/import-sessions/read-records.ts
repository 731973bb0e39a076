import type { CsvRecord } from '@madoguchi/kernel';
import { decodeCsv, ok, refuse } from '@madoguchi/kernel';
import { CsvError, parse } from 'csv-parse/sync';

/** Records of a CSV file (RFC 4180). What is no CSV at all is refused with the line of the fault. */
export function readRecords(bytes: Uint8Array) {
  const { text, encoding: read } = decodeCsv(bytes);
  const encoding: 'utf-8' | 'cp932' = read === 'utf-8' ? 'utf-8' : 'cp932';
  try {
    const found = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 10_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const records: CsvRecord[] = found.map(({ record, info }) => ({
      // The parser counts the line a record ends on.
      line: info.lines - record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0),
      values: record,
    }));
    return ok({ encoding, records });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error ? Number(error.lines) : 0;
    return refuse('import_refused', { reason: `CSVとして読めません(${line}行目)` });
  }
}

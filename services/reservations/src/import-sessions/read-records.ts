import { ok, refuse } from '@madoguchi/kernel';
import { CsvError, parse } from 'csv-parse/sync';

/** A record with the line it begins on (the header is line 1). */
export type CsvRecord = { line: number; values: string[] };

/** UTF-8, with or without a mark, where all of it is valid; else CP932. */
function decode(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'cp932' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('shift_jis').decode(bytes), encoding: 'cp932' };
  }
}

/** Records of a CSV file (RFC 4180). What is no CSV at all is refused with the line of the fault. */
export function readRecords(bytes: Uint8Array) {
  const { text, encoding } = decode(bytes);
  try {
    const found = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 10_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const records = found.map(({ record, info }) => ({
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

import type { Result } from './result.ts';
import { ok } from './result.ts';

/** One record with the line it begins on (the header is line 1). */
export type CsvRecord = { line: number; values: string[] };

/** A quote that never ends. */
export class BrokenCsv extends Error {
  override readonly name = 'BrokenCsv';
  readonly line: number;
  constructor(line: number) {
    super('a quote is not closed');
    this.line = line;
  }
}

/** UTF-8, with or without a mark, where all of it is valid; else CP932. */
export function decodeCsv(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'shift_jis' } {
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      encoding: 'utf-8',
    };
  } catch {
    return { text: new TextDecoder('shift_jis').decode(bytes), encoding: 'shift_jis' };
  }
}

const FIELD = /"([^"]*(?:""[^"]*)*)"|[^",\r\n]*/y;

/** Records of RFC 4180: CRLF or LF, quoted cells with commas, newlines and doubled quotes. */
export function* csvRecords(text: string): Generator<CsvRecord> {
  let place = 0;
  let line = 1;
  while (place < text.length) {
    const values: string[] = [];
    const begins = line;
    for (;;) {
      FIELD.lastIndex = place;
      const match = FIELD.exec(text);
      const raw = match?.[0] ?? '';
      place += raw.length;
      line += raw.split('\n').length - 1;
      values.push(match?.[1] === undefined ? raw : match[1].replaceAll('""', '"'));
      if (text[place] !== ',') break;
      place += 1;
    }
    // What is neither the end of a cell nor of a line is a quote where none may stand.
    if (place < text.length && text[place] !== '\r' && text[place] !== '\n')
      throw new BrokenCsv(begins);
    if (text[place] === '\r') place += 1;
    if (text[place] === '\n') place += 1;
    line += 1;
    if (values.length > 1 || values[0] !== '') yield { line: begins, values };
  }
}

/** A whole file as records, with how it is encoded, or the line on which it is no CSV. */
export function readCsv(
  bytes: Uint8Array,
): Result<{ encoding: 'utf-8' | 'cp932'; records: CsvRecord[] }, { line: number }> {
  const { text, encoding } = decodeCsv(bytes);
  try {
    return ok({
      encoding: encoding === 'utf-8' ? 'utf-8' : 'cp932',
      records: [...csvRecords(text)],
    });
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error;
    return { ok: false, refusal: { line: error.line } };
  }
}

/** As many faults of a file as somebody works through before sending it again. */
const MOST_FAULTS = 1_000;

/**
 * The first faults of a file by line, and one more that says how many are left out: a file that is wrong in
 * every cell has more than fit into one message.
 */
export function firstFaults(
  faults: readonly { line: number; column: string; reason: string }[],
): { line: number; column: string; reason: string }[] {
  const byLine = faults.toSorted((a, b) => a.line - b.line);
  const next = byLine[MOST_FAULTS];
  if (!next) return byLine;
  const more = byLine.length - MOST_FAULTS;
  const reason = `ここから先の ${more} 件は省きました。ここまでを直してから、もう一度送ってください`;
  return [...byLine.slice(0, MOST_FAULTS), { line: next.line, column: '', reason }];
}

/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^[=+\-@\t\r]/u;

/**
 * A cell of RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe before it, which
 * `plainCell` takes off again.
 */
export function csvCell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a cell says without the apostrophe that kept it from being a formula. */
export const plainCell = (value: string): string =>
  value.startsWith("'") && FORMULA.test(value.slice(1)) ? value.slice(1) : value;

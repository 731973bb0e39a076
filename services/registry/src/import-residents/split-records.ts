/** One record of a CSV file with the line it begins on (the header is line 1). */
export type FileRow = { line: number; values: string[] };

/** The file is no CSV: a quote is never closed, or something follows a closing quote. */
export class BrokenCsv extends Error {
  override readonly name = 'BrokenCsv';
  readonly line: number;
  constructor(line: number) {
    super('the file is no CSV');
    this.line = line;
  }
}

/** Longest record; more means that a quote was never closed. */
const LONGEST_RECORD = 100_000;
/** Old hosts end a file with it. */
const END_OF_FILE = '\u001a';

type Quoted = { values: string[]; next: number; lines: number };

/** Where the cell that begins at `start` ends, and what it says; undefined where the text ends first. */
function readCell(
  text: string,
  start: number,
  line: number,
): { value: string; end: number } | undefined {
  if (text[start] !== '"') {
    const comma = text.indexOf(',', start);
    const newline = text.indexOf('\n', start);
    if (newline < 0) return undefined;
    const end = comma >= 0 && comma < newline ? comma : newline;
    const value = text.slice(start, end);
    return { value: end === newline && value.endsWith('\r') ? value.slice(0, -1) : value, end };
  }
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0 || quote + 1 >= text.length) return undefined;
    if (text[quote + 1] === '"') {
      from = quote + 2;
      continue;
    }
    const value = text.slice(start + 1, quote).replaceAll('""', '"');
    const crlf = text[quote + 1] === '\r' ? 1 : 0;
    const after = text[quote + 1 + crlf];
    if (after === undefined) return undefined;
    if (after !== '\n' && (crlf === 1 || after !== ',')) throw new BrokenCsv(line);
    return { value, end: quote + 1 + crlf };
  }
}

/** A record with quotes in it: cell by cell. */
function readQuoted(text: string, start: number, line: number): Quoted | undefined {
  const values: string[] = [];
  let at = start;
  for (;;) {
    const cell = readCell(text, at, line);
    if (!cell) return undefined;
    values.push(cell.value);
    at = cell.end + 1;
    if (text[cell.end] === '\n')
      return { values, next: at, lines: text.slice(start, at).split('\n').length - 1 };
  }
}

/**
 * Splits text that comes in pieces into records: RFC 4180 with CRLF or LF and line breaks inside quotes;
 * a quote inside a bare cell is a character like others. Lines without a quote, which is nearly all, are
 * cut at their commas. Memory holds the record under way, 100,000 characters at most.
 */
export function recordSplitter(): { take(text: string): FileRow[]; end(): FileRow[] } {
  let rest = '';
  let line = 1;
  const split = (text: string): FileRow[] => {
    const rows: FileRow[] = [];
    const add = (values: string[], lines: number): void => {
      const blank = values.length === 1 && (values[0] === '' || values[0] === END_OF_FILE);
      if (!blank) rows.push({ line, values });
      line += lines;
    };
    let at = 0;
    let quote = text.indexOf('"');
    for (;;) {
      const newline = text.indexOf('\n', at);
      if (newline < 0) break;
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      if (quote < 0 || quote > newline) {
        const end = text[newline - 1] === '\r' && newline > at ? newline - 1 : newline;
        add(text.slice(at, end).split(','), 1);
        at = newline + 1;
        continue;
      }
      const record = readQuoted(text, at, line);
      if (!record) break;
      add(record.values, record.lines);
      at = record.next;
    }
    rest = text.slice(at);
    if (rest.length > LONGEST_RECORD) throw new BrokenCsv(line);
    return rows;
  };
  return {
    take: (text) => split(rest + text),
    end() {
      const rows = rest === '' ? [] : split(`${rest}\n`);
      if (rest !== '') throw new BrokenCsv(line);
      return rows;
    },
  };
}

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenCsv, recordSplitter } from './split-records.ts';

function inPieces(text: string, sizes: readonly number[]) {
  const splitter = recordSplitter();
  const rows = [];
  let at = 0;
  for (const size of sizes) {
    rows.push(...splitter.take(text.slice(at, at + size)));
    at += size;
  }
  rows.push(...splitter.take(text.slice(at)), ...splitter.end());
  return rows;
}
const values = (text: string) => inPieces(text, []).map((row) => row.values);

const cell = fc.string({
  unit: fc.constantFrom('あ', 'a', ',', '"', '\r\n', '\n', ' ', '、', '𠮷'),
});
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('splitting a file into records', () => {
  it('gives what csv-parse gives, however the text is cut into pieces', () => {
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom('\r\n', '\n'),
        fc.array(fc.nat(9)),
        fc.boolean(),
        (rows, end, sizes, closed) => {
          const text = rows.map((row) => row.map(quoted).join(',')).join(end) + (closed ? end : '');
          const ours = inPieces(text, sizes).map((row) => row.values);
          const theirs = parse(text, { relax_column_count: true, record_delimiter: end });
          expect(ours).toEqual(theirs.filter((record) => record.length > 1));
        },
      ),
    );
  });

  it('numbers records by the line they begin on', () => {
    const text = 'a,b\r\n"1\r\n2",x\n\n3,"4"\n5,6';
    expect(inPieces(text, [3, 1, 4])).toEqual([
      { line: 1, values: ['a', 'b'] },
      { line: 2, values: ['1\r\n2', 'x'] },
      { line: 5, values: ['3', '4'] },
      { line: 6, values: ['5', '6'] },
    ]);
  });

  it('takes a quote inside a bare cell for a character', () => {
    expect(values('a"b,c\r\n,"",\r\n')).toEqual([
      ['a"b', 'c'],
      ['', '', ''],
    ]);
  });

  it.each(['"a', 'x,"a,b\nc\n', '"a"b,c\n', 'a,"b"c\n'])('refuses %j', (text) => {
    expect(() => values(text)).toThrow(BrokenCsv);
  });

  it('does not gather a quote that is never closed', () => {
    const splitter = recordSplitter();
    splitter.take('a,"');
    expect(() => {
      for (let piece = 0; piece < 20; piece += 1) splitter.take('x'.repeat(10_000));
    }).toThrow(BrokenCsv);
  });
});

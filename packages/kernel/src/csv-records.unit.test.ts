import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BrokenCsv,
  csvCell,
  csvRecords,
  decodeCsv,
  firstFaults,
  plainCell,
  readCsv,
} from './csv-records.ts';

const written = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');

describe('records of a CSV', () => {
  it('come back as they were written, whatever is in a cell', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', '東', ' ', '') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), (rows) => {
        expect([...csvRecords(written(rows))].map((record) => record.values)).toEqual(rows);
      }),
    );
  });
  it('know the line they begin on, and skip empty ones', () => {
    expect([...csvRecords('a,b\n"x\ny",2\n\n3,4')]).toEqual([
      { line: 1, values: ['a', 'b'] },
      { line: 2, values: ['x\ny', '2'] },
      { line: 5, values: ['3', '4'] },
    ]);
  });
  it('stop at a quote that is not closed', () => {
    expect(() => [...csvRecords('a,b\n1,"2')]).toThrow(BrokenCsv);
    expect(() => [...csvRecords('a,b\n1,2"3')]).toThrow(BrokenCsv);
  });
  it('keep a formula from running, and come back without the guard', () => {
    for (const [text, cell] of [
      ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
      ['@SUM(A1)', "'@SUM(A1)"],
      ['-1', "'-1"],
      ["'abc", "'abc"],
    ] as const) {
      expect(csvCell(text)).toBe(cell);
      const [record] = csvRecords(csvCell(text));
      expect(plainCell(record?.values[0] ?? '')).toBe(text);
    }
    const any = fc.string({ unit: fc.constantFrom('=', '-', '@', 'a', '"', ',', '\n', '\t') });
    fc.assert(
      fc.property(any, (text) => {
        const [record] = csvRecords(`x,${csvCell(text)}`);
        const read = record?.values[1] ?? '';
        expect(read).not.toMatch(/^[=+\-@\t\r]/u);
        expect(plainCell(read)).toBe(text);
      }),
    );
  });
  it('are read in either encoding', () => {
    expect(decodeCsv(Buffer.from('券番号')).encoding).toBe('utf-8');
    expect(decodeCsv(new Uint8Array([0x8c, 0x94]))).toEqual({ text: '券', encoding: 'shift_jis' });
  });
  it('are told their first faults by line, and how many more there are', () => {
    const faults = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        line: count - index,
        column: 'a',
        reason: 'b',
      }));
    expect(firstFaults(faults(1_000)).map(({ line }) => line)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => index + 1),
    );
    const told = firstFaults(faults(1_234));
    expect(told).toHaveLength(1_001);
    expect(told.at(-1)).toMatchObject({
      line: 1_001,
      column: '',
      reason: expect.stringContaining('234 件') as string,
    });
  });
  it('are read from a whole file, or the line is told on which it is none', () => {
    expect(readCsv(new Uint8Array([0x8c, 0x94, 0x2c]))).toEqual({
      ok: true,
      value: { encoding: 'cp932', records: [{ line: 1, values: ['券', ''] }] },
    });
    expect(readCsv(Buffer.from('a,b\n1,"2'))).toEqual({ ok: false, refusal: { line: 2 } });
  });
});

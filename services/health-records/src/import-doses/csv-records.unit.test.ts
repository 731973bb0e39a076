import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenCsv, csvRecords, decodeCsv } from './csv-records.ts';

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
  it('are read in either encoding', () => {
    expect(decodeCsv(Buffer.from('券番号')).encoding).toBe('utf-8');
    expect(decodeCsv(new Uint8Array([0x8c, 0x94]))).toEqual({ text: '券', encoding: 'shift_jis' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBirth } from './resident-birth.ts';
import { COLUMNS } from './resident-columns.ts';
import { codeBook } from './register-codes.ts';
import { readRow } from './resident-row.ts';

const row = {
  宛名番号: '0001',
  氏名: '髙橋　﨑子',
  氏名カナ: 'ﾀｶﾊｼ ｻｷｺ',
  性別: '2',
  生年月日: '昭和39年3月5日',
  住所: '東京都江戸川区西葛西６丁目２３番１号',
};

const codes = codeBook([]);

describe('a row of the register', () => {
  it('keeps the characters of a name and derives keys beside it', () => {
    const read = readRow(row, codes);
    expect(read).toMatchObject({
      ok: true,
      value: { name: '髙橋　﨑子', nameKeys: ['高橋崎子'], dateOfBirth: '1964-03-05' },
    });
  });

  it('never changes a name, whatever is in it', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => text.trim() === text && !/[\p{Cc}\ufffd]/u.test(text));
    fc.assert(
      fc.property(name, (text) => {
        const read = readRow({ ...row, 氏名: text }, codes);
        if (read.ok) expect(read.value.name).toBe(text);
      }),
    );
  });

  it('names every fault, and no value', () => {
    const bad = {
      ...row,
      氏名: '',
      性別: '太郎',
      生年月日: '2月30日',
      異動年月日: '令和',
      備考: 'あ\u0000い',
      住所: '千\ufffd',
      宛名番号: '1234567890123456',
    };
    const read = readRow(bad, codes);
    const faults = read.ok ? [] : read.refusal.faults;
    expect(new Set(faults.map((fault) => fault.column))).toEqual(
      new Set(['氏名', '性別', '生年月日', '異動年月日', '備考', '住所', '宛名番号']),
    );
    expect(JSON.stringify(faults)).not.toMatch(/太郎|30日|令和/u);
  });

  it('takes any restriction for protection', () => {
    expect(readRow({ ...row, 規制情報: '支援措置、発行停止' }, codes)).toMatchObject({
      value: { restricted: true, restrictions: ['支援措置', '発行停止'] },
    });
    expect(readRow(row, codes)).toMatchObject({ value: { restricted: false } });
  });

  it('is read or refused, never thrown at', () => {
    const cells = fc.dictionary(fc.constantFrom(...COLUMNS), fc.string({ unit: 'binary' }));
    fc.assert(fc.property(cells, (any) => typeof readRow(any, codes).ok === 'boolean'));
  });
});

describe('a birth date', () => {
  it.each([
    ['19640305', '1964-03-05', '1964-03-05'],
    ['1964/3/5', '1964-03-05', '1964-03-05'],
    ['S39.3.5', '1964-03-05', '1964-03-05'],
    ['1950', '1950', '1950-12-31'],
    ['19500000', '1950', '1950-12-31'],
    ['19500200', '1950-02', '1950-02-28'],
    ['1948年2月', '1948-02', '1948-02-29'],
    ['1948年月日不詳', '1948', '1948-12-31'],
    ['1948年2月日不詳', '1948-02', '1948-02-29'],
  ])('%s is known as %s, at the latest %s', (text, known, day) =>
    expect(readBirth(text)).toEqual({ known, day }),
  );
  it.each(['', '19501300', '昭和65年1月1日', 'S64.1.8', '19640230', '不明'])(
    '%s is unreadable',
    (text) => expect(readBirth(text)).toBeUndefined(),
  );
});

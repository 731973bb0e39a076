import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dose } from './dose.ts';
import { lastOfEach } from './dose.ts';
import type { VrsHeader } from './vrs-row.ts';
import { readVrsHeader, readVrsRow } from './vrs-row.ts';

const BLOCK = [
  '接種履歴登録日時',
  '接種日',
  '券番号',
  '接種自治体コード',
  '接種会場名',
  '接種医師名',
  'ワクチンメーカー',
  'ワクチンロット番号',
];
const columnsOf = (doses: number): string[] => [
  '個別宛名番号',
  ...Array.from({ length: doses }, (_, i) => BLOCK.map((name) => `${i + 1}回目${name}`)).flat(),
];
const headerOf = (doses: number): VrsHeader => {
  const header = readVrsHeader(columnsOf(doses));
  if (!header.ok) throw new Error('header');
  return header.value;
};
const TODAY = '2026-11-24';
const given = (date: string, changes: Record<number, string> = {}): string[] =>
  [
    '20260401090000',
    date,
    '0000000012',
    '131237',
    '葛西区民館',
    '医師名',
    'ファイザー',
    'EX1234',
  ].map((value, place) => changes[place] ?? value);
const EMPTY = BLOCK.map(() => '');
const read = (...cells: string[][]) =>
  readVrsRow(headerOf(cells.length), ['  123', ...cells.flat()], TODAY);

describe('a row of the VRS ledger', () => {
  it('gives its doses, without the doctor', () => {
    const row = read(given('20260401'), given('20260422'));
    expect(row).toMatchObject({
      ok: true,
      value: {
        addresseeNumber: '123',
        doses: [
          { doseNumber: 1, vaccinationDate: '2026-04-01', lotNumber: 'EX1234' },
          { doseNumber: 2, vaccinationDate: '2026-04-22', maker: 'ファイザー' },
        ],
      },
    });
    expect(JSON.stringify(row)).not.toContain('医師名');
  });

  it('leaves out doses that were not given, also before later ones', () => {
    const row = read(EMPTY, given('20260422'));
    expect(row.ok && row.value.doses.map((dose) => dose.doseNumber)).toEqual([2]);
  });

  it.each<{ what: string; date?: string; cells?: Record<number, string>; column: string }>([
    { what: 'no such day', date: '20260230', column: '接種日' },
    { what: 'a day to come', date: '20261125', column: '接種日' },
    { what: 'another notation of dates', date: '2026-04-01', column: '接種日' },
    { what: 'nine digits', cells: { 2: '123456789' }, column: '券番号' },
    { what: 'a wrong check digit', cells: { 3: '131238' }, column: '接種自治体コード' },
    { what: 'no maker', cells: { 6: '' }, column: 'ワクチンメーカー' },
    { what: 'a long lot', cells: { 7: 'X'.repeat(21) }, column: 'ワクチンロット番号' },
  ])('is refused with $what, by column and without the value', ({ date, cells, column }) => {
    const row = read(given(date ?? '20260401', cells));
    expect(row).toMatchObject({ ok: false, refusal: [{ column: `1回目${column}` }] });
    for (const value of Object.values(cells ?? { 0: date ?? '' }))
      if (value !== '') expect(JSON.stringify(row)).not.toContain(value);
  });

  it('is refused where a later dose lies before an earlier one', () => {
    expect(read(given('20260422'), given('20260401'))).toMatchObject({
      ok: false,
      refusal: [{ column: '2回目接種日' }],
    });
  });

  it('is read by column name, whatever the order', () => {
    const names = columnsOf(2);
    const values = ['9', ...given('20260401'), ...given('20260422')];
    const plain = readVrsRow(headerOf(2), values, TODAY);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          names.map((_, place) => place),
          { minLength: names.length },
        ),
        (order) => {
          const header = readVrsHeader(order.map((place) => names[place] ?? ''));
          if (!header.ok) throw new Error('header');
          const shuffled = order.map((place) => values[place] ?? '');
          expect(readVrsRow(header.value, shuffled, TODAY)).toEqual(plain);
        },
      ),
    );
  });
});

describe('a header', () => {
  it('names what is missing and what is not known', () => {
    expect(readVrsHeader(['氏名'])).toMatchObject({
      ok: false,
      refusal: [{ column: '個別宛名番号' }, { column: '1回目接種日' }],
    });
    expect(readVrsHeader(columnsOf(1).filter((name) => name !== '1回目券番号'))).toMatchObject({
      ok: false,
      refusal: [{ column: '1回目券番号' }],
    });
    const header = readVrsHeader([...columnsOf(7), '備考']);
    expect(header).toMatchObject({ ok: true, value: { ignored: ['備考'] } });
  });
});

describe('the same dose twice', () => {
  it('counts once, the last one standing', () => {
    const dose = (doseNumber: number, lotNumber: string): Dose => ({
      residentId: 'r',
      doseNumber,
      vaccinationDate: '2026-04-01',
      productCode: 'A',
      productName: 'A',
      venueName: null,
      lotNumber,
    });
    expect(lastOfEach([dose(1, 'a'), dose(2, 'b'), dose(1, 'c')])).toEqual([
      dose(1, 'c'),
      dose(2, 'b'),
    ]);
  });
});

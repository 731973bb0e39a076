import type { CalendarDate } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import { readGroupHeader, readGroupRow } from './group-row.ts';
import type { Rules } from './rulebook.ts';

const HEADER = ['宛名番号', '生年月日', '区分コード', '開始日', '最終日', '出所'];
const GOOD = ['0000000011', '1980-05-01', 'workers', '', '', '医師会'];
const rules = { priorityGroups: [{ groupCode: 'workers', listed: true }] } as unknown as Rules;

const read = (changes: Partial<Record<number, string>>) => {
  const header = readGroupHeader(HEADER);
  if (!header.ok) throw new Error('the header is whole');
  const values = GOOD.map((value, place) => changes[place] ?? value);
  return readGroupRow(header.header, values, { rules, source: '名簿' });
};

describe('a row of a list of people', () => {
  it('says who, of which list, since when', () => {
    expect(read({ 3: 'R8.4.1' })).toMatchObject({
      ok: true,
      row: { dateOfBirth: '1980-05-01', from: '2026-04-01' as CalendarDate, source: '医師会' },
    });
  });
  it.each([
    ['a NUL, which no database keeps', 'a\u0000b'],
    ['another control character', 'a\u001bb'],
    ['text that runs the other way', '\u202egnp'],
    ['half a character', 'a\ud800'],
    ['a character that the encoding of the file did not have', '医\ufffd会'],
    ['more than is kept', 'あ'.repeat(201)],
  ])('is refused for a source with %s', (_what, source) => {
    expect(read({ 5: source })).toMatchObject({ ok: false, faults: [{ column: '出所' }] });
  });
  it.each(['9999-12-31', '2200-01-01', '1867-12-31', '2026-02-30', '0000-01-01'])(
    'is refused for %s, a day that nobody counts to',
    (day) => {
      for (const [place, column] of [
        [3, '開始日'],
        [4, '最終日'],
      ] as const)
        expect(read({ [place]: day })).toMatchObject({ ok: false, faults: [{ column }] });
    },
  );
});

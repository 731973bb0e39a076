import { describe, expect, it } from 'vitest';
import type { BookingOfDay } from './day-sheet.ts';
import { sheetCsv, sheetLines } from './day-sheet.ts';

const booking = (residentId: string, startsAt = '09:00'): BookingOfDay => ({
  residentId,
  startsAt,
  confirmationNumber: '123-456-789',
  doseNumber: 1,
  productName: 'XA',
  partyId: null,
});
const hanako = {
  residentId: 'a',
  name: '江戸川　花子',
  nameKana: 'エドガワ　ハナコ',
  dateOfBirth: '1964-03-05',
};

describe('a day sheet', () => {
  it('says who comes when, with what the venue needs', () =>
    expect(sheetLines([booking('a')], [hanako], 'time-and-number')).toEqual([
      {
        startsAt: '09:00',
        confirmationNumber: '123-456-789',
        name: '江戸川　花子',
        nameKana: 'エドガワ　ハナコ',
        dateOfBirth: '昭和39年3月5日',
        dose: '1回目',
        product: 'XA',
        party: '',
        withoutName: false,
      },
    ]));
  it.each([
    ['1964-03', '1964年3月（日不詳）'],
    ['1964', '1964年（月日不詳）'],
  ])('shows a birth date as far as it is known: %s', (dateOfBirth, shown) =>
    expect(
      sheetLines([booking('a')], [{ ...hanako, dateOfBirth }], 'time-only')[0]?.dateOfBirth,
    ).toBe(shown),
  );
  it.each([
    ['time-and-number', ['123-456-789']],
    ['time-only', ['']],
    ['left-out', []],
  ] as const)('shows whom the register keeps back as the city decides: %s', (shown, numbers) => {
    const lines = sheetLines([booking('b')], [hanako], shown);
    expect(lines.map((line) => line.confirmationNumber)).toEqual(numbers);
    for (const line of lines)
      expect({ ...line, startsAt: '', confirmationNumber: '' }).toEqual({
        startsAt: '',
        confirmationNumber: '',
        name: '',
        nameKana: '',
        dateOfBirth: '',
        dose: '',
        product: '',
        party: '',
        withoutName: true,
      });
  });
  it('shows who belongs together, and nobody with whom the register keeps back', () => {
    const people = ['a', 'b', 'c', 'd', 'e'].map((residentId) => ({ ...hanako, residentId }));
    const of = (residentId: string, partyId: string | null) => ({
      ...booking(residentId),
      partyId,
    });
    const bookings = [of('a', null), of('b', 'x'), of('c', 'y'), of('d', 'x'), of('e', 'z')];
    const all = [...bookings, of('kept-back', 'y'), of('e', 'z')];
    const lines = sheetLines(all, people, 'time-and-number');
    expect(lines.map(({ party }) => party)).toEqual(['', '1', '', '1', '2', '', '2']);
  });
  it('gives no name where policy shows none', () =>
    expect(sheetLines([booking('a')], [{ residentId: 'a' }], 'time-and-number')[0]).toMatchObject({
      name: '',
      product: '',
      withoutName: true,
    }));
});

describe('a day sheet as CSV', () => {
  it('runs no formula in a spreadsheet, and keeps quotes (B18)', () => {
    for (const name of ['=1+1', '+81', '-1', '@x', '\tx', '＝１', '－ー']) {
      const [, row = ''] = sheetCsv(
        sheetLines([booking('a')], [{ ...hanako, name, nameKana: 'a"b' }], 'time-only'),
      ).split('\r\n');
      expect(row).toContain(`"'${name}","a""b"`);
    }
  });
});

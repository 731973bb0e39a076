import { confirmationNumber } from '@madoguchi/kernel/codes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.ts';

describe('the number on a visitor’s paper', () => {
  it('is a booking in any notation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (digits) => {
        const number = confirmationNumber(String(digits).padStart(8, '0'));
        for (const typed of [number, number.replaceAll('-', ''), number.replaceAll('-', 'ー')])
          expect(readNumber(typed)).toEqual({ kind: 'booking', confirmationNumber: number });
      }),
    );
  });

  it.each([
    ['0123456789', { kind: 'ticket', ticketNumber: '0123456789' }],
    ['０１２３-４５６７８９', { kind: 'ticket', ticketNumber: '0123456789' }],
    // The whole line of a ticket, as a scanner gives it.
    ['211312370123456789', { kind: 'ticket', ticketNumber: '211312370123456789' }],
    ['123456780', { kind: 'mistyped' }],
    ['12345', { kind: 'unreadable' }],
    ['江戸川', { kind: 'unreadable' }],
    ['', { kind: 'unreadable' }],
  ])('%s', (typed, read) => {
    expect(readNumber(typed)).toEqual(read);
  });
});

import { describe, expect, it } from 'vitest';
import { verifiedContext } from '../fixtures/invented-people.ts';
import { bookingsBeside, BY_NUMBER, companionWish, saidFault } from './companion-wish.ts';

const caller = verifiedContext('reservation');
const other = { ...caller, residentId: 'other' };

describe('a seat beside a booking', () => {
  it('can be beside open bookings of the others only', () => {
    const beside = bookingsBeside([caller, other], 'other');
    expect(beside.length).toBeGreaterThan(0);
    expect(beside.every(({ residentId }) => residentId === caller.residentId)).toBe(true);
    expect(bookingsBeside([caller], caller.residentId)).toEqual([]);
  });

  const now = new Date('2026-11-26T03:00:00Z');
  it('names either the booking or number and birth date, never both', () => {
    const said = { number: ' R4XP-27QC ', birth: '昭和35年1月2日' };
    const chosen = { residentId: 'other', doseNumber: 1, ...said };
    expect(companionWish({ ...chosen, beside: 'r1' }, now)).toEqual({
      residentId: 'other',
      doseNumber: 1,
      besideReservationId: 'r1',
    });
    expect(companionWish({ ...chosen, beside: BY_NUMBER }, now)).toEqual({
      residentId: 'other',
      doseNumber: 1,
      besideConfirmationNumber: 'R4XP-27QC',
      besideDateOfBirth: '1960-01-02',
    });
  });

  it.each([
    [
      { number: ' ', birth: '1960-01-02' },
      { field: 'number', message: 'numberMissing' },
    ],
    [
      { number: '123-456-788', birth: '' },
      { field: 'birth', message: 'birthMissing' },
    ],
    [
      { number: '123-456-788', birth: '1960-02-31' },
      { field: 'birth', message: 'birthWrong' },
    ],
  ] as const)('is not asked for while %o says too little', (said, fault) => {
    const chosen = { residentId: 'other', doseNumber: 1, beside: BY_NUMBER, ...said };
    expect(companionWish(chosen, now)).toBeUndefined();
    expect(saidFault(said, now)).toEqual(fault);
  });
});

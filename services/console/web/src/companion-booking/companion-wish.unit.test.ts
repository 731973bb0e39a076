import { describe, expect, it } from 'vitest';
import { verifiedContext } from '../fixtures/invented-people.ts';
import { bookingsBeside, BY_NUMBER, companionWish } from './companion-wish.ts';

const caller = verifiedContext('reservation');
const other = { ...caller, residentId: 'other' };

describe('a seat beside a booking', () => {
  it('can be beside open bookings of the others only', () => {
    const beside = bookingsBeside([caller, other], 'other');
    expect(beside.length).toBeGreaterThan(0);
    expect(beside.every(({ residentId }) => residentId === caller.residentId)).toBe(true);
    expect(bookingsBeside([caller], caller.residentId)).toEqual([]);
  });

  it('names either the booking or the number, never both', () => {
    const chosen = { residentId: 'other', doseNumber: 1, number: ' R4XP-27QC ' };
    expect(companionWish({ ...chosen, beside: 'r1' })).toEqual({
      residentId: 'other',
      doseNumber: 1,
      besideReservationId: 'r1',
    });
    expect(companionWish({ ...chosen, beside: BY_NUMBER })).toEqual({
      residentId: 'other',
      doseNumber: 1,
      besideConfirmationNumber: 'R4XP-27QC',
    });
  });

  it('is not asked for without the number', () =>
    expect(
      companionWish({ residentId: 'other', doseNumber: 1, beside: BY_NUMBER, number: ' ' }),
    ).toBeUndefined());
});

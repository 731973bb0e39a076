import { describe, expect, it } from 'vitest';
import type { Reservation, Slot } from '../gateway/contract-types.ts';
import { stillStands } from './still-stands.ts';

const slot = (slotId: string) => ({ slotId }) as Slot;
const made = { reservationId: 'r1', slot: slot('s1') };
const booking = (part: Partial<Reservation>): Reservation => ({
  reservationId: 'r1',
  state: 'booked',
  slot: slot('s1'),
  maskedFields: [],
  ...part,
});
const standing = (...value: Reservation[]) =>
  stillStands({ reservations: { state: 'ready', value } }, made);

describe('a booking made a moment ago', () => {
  it('stands as it is, and while nothing is known of it yet', () => {
    expect(standing(booking({}))).toBe(true);
    expect(standing()).toBe(true);
    expect(standing(booking({ reservationId: 'r2', state: 'cancelled' }))).toBe(true);
    expect(stillStands({ reservations: { state: 'loading' } }, made)).toBe(true);
    expect(stillStands({ reservations: { state: 'unavailable' } }, made)).toBe(true);
  });

  it('stands no more when it was cancelled or moved', () => {
    expect(standing(booking({ state: 'cancelled' }))).toBe(false);
    expect(standing(booking({ slot: slot('s2') }))).toBe(false);
  });
});

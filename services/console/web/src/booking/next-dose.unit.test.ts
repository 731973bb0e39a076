import { describe, expect, it } from 'vitest';
import { verifiedContext } from '../fixtures/invented-people.ts';
import type { Verified } from '../gateway/contract-types.ts';
import { nextDose } from './next-dose.ts';

const person = (parts: Partial<Verified>): Verified => ({
  ...verifiedContext('reservation'),
  reservations: { state: 'ready', value: [] },
  doses: { state: 'ready', value: [] },
  tickets: { state: 'ready', value: [] },
  ...parts,
});
const ticket = (doseNumber: number, state: 'issued' | 'void') => ({
  ticketId: `t${doseNumber}`,
  doseNumber,
  state,
  maskedFields: [],
});

describe('nextDose', () => {
  it('waits while a part it follows from is on its way', () => {
    expect(nextDose(person({ tickets: { state: 'loading' } }))).toBeUndefined();
  });

  it('is the dose of the first ticket neither used nor booked', () => {
    const tickets = { state: 'ready' as const, value: [ticket(2, 'issued'), ticket(1, 'void')] };
    expect(nextDose(person({ tickets }))).toBe(2);
  });

  it('passes over a ticket whose dose is booked already', () => {
    const booked = {
      reservationId: 'r',
      state: 'booked' as const,
      doseNumber: 1,
      maskedFields: [],
    };
    const tickets = { state: 'ready' as const, value: [ticket(1, 'issued'), ticket(2, 'issued')] };
    const reservations = { state: 'ready' as const, value: [booked] };
    expect(nextDose(person({ tickets, reservations }))).toBe(2);
  });

  it('does not count a cancelled booking', () => {
    const gone = {
      reservationId: 'r',
      state: 'cancelled' as const,
      doseNumber: 1,
      maskedFields: [],
    };
    const reservations = { state: 'ready' as const, value: [gone] };
    expect(nextDose(person({ reservations }))).toBe(1);
  });

  it('still proposes something when an owner is away', () => {
    expect(nextDose(person({ tickets: { state: 'unavailable' } }))).toBe(1);
  });
});

import { composeOcrLine, isMunicipalityCode, readTicket } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReissueFacts } from './decide-reissue.ts';
import { decideReissue } from './decide-reissue.ts';
import { LARGEST_TICKET_NUMBER, ticketNumberOf } from './ticket-number.ts';
import { afterAct, TICKET_TRANSITIONS } from './ticket-state.ts';

const facts = (changes: Partial<ReissueFacts> = {}): ReissueFacts => ({
  ticket: { state: 'issued' },
  refer: false,
  reissuedToday: 0,
  limitPerDay: 1,
  approved: false,
  ...changes,
});
const codeOf = (given: ReissueFacts): string => {
  const decided = decideReissue(given);
  return decided.ok ? decided.value.becomes : decided.refusal.code;
};

describe('a reissue', () => {
  it('voids a live ticket', () => expect(codeOf(facts())).toBe('void'));
  it.each(['used', 'void'] as const)('leaves a %s ticket as it is', (state) => {
    expect(codeOf(facts({ ticket: { state } }))).toBe('ticket_not_reissuable');
  });
  it('is refused the second time on one day, and open to the desk', () => {
    expect(codeOf(facts({ reissuedToday: 1 }))).toBe('reissue_limit_reached');
    expect(codeOf(facts({ reissuedToday: 1, approved: true }))).toBe('void');
    expect(codeOf(facts({ reissuedToday: 3, approved: true }))).toBe('reissue_limit_reached');
  });
  it('answers a protected person like an unknown ticket, whatever its state (B54)', () => {
    const stranger = decideReissue(facts({ ticket: undefined }));
    for (const state of ['issued', 'used', 'void'] as const)
      for (const reissuedToday of [0, 5])
        expect(decideReissue(facts({ refer: true, ticket: { state }, reissuedToday }))).toEqual(
          stranger,
        );
    expect(codeOf(facts({ refer: true, approved: true }))).toBe('void');
  });
});

describe('the states of a ticket', () => {
  it('never lead back to life', () => {
    for (const acts of [TICKET_TRANSITIONS.used, TICKET_TRANSITIONS.void])
      expect(Object.values(acts).every((state) => state === undefined)).toBe(true);
    expect(afterAct('issued', 'use')).toBe('used');
  });
});

describe('ticket numbers', () => {
  it('have ten digits and are as many as their counter says', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: LARGEST_TICKET_NUMBER }), (value) => {
        const number = ticketNumberOf(value);
        expect(number).toMatch(/^\d{10}$/);
        expect(BigInt(number)).toBe(value);
      }),
    );
  });
  it('end where ten digits end', () => {
    expect(() => ticketNumberOf(LARGEST_TICKET_NUMBER + 1n)).toThrow('no ticket number left');
    expect(() => ticketNumberOf(0n)).toThrow(RangeError);
  });
  it('come back from the 18-digit line', () => {
    expect(isMunicipalityCode('131237')).toBe(true);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: LARGEST_TICKET_NUMBER }),
        fc.integer({ min: 1, max: 9 }),
        (value, doseNumber) => {
          const parts = {
            ticketType: '2',
            doseNumber,
            municipalityCode: '131237',
            ticketNumber: ticketNumberOf(value),
          };
          expect(readTicket(composeOcrLine(parts))).toEqual(parts);
        },
      ),
    );
  });
});

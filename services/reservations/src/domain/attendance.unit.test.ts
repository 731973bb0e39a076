import { ATTENDANCE, RESERVATION_STATES } from '@madoguchi/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Visit } from './attendance.ts';
import { decideAttendance } from './attendance.ts';

const at = (time: string) => new Date(`2026-11-24T${time}:00+09:00`);
const visit = (changes: Partial<Visit> = {}): Visit => ({
  state: 'booked',
  version: 1,
  startsAt: at('10:00'),
  bookedAnew: false,
  ...changes,
});

describe('given a booking for ten', () => {
  it.each([
    ['attended', '09:40', 'marked'],
    ['turned-back', '09:50', 'marked'],
    ['missed', '09:59', 'not-changeable'],
    ['missed', '10:00', 'marked'],
  ] as const)('when marked %s at %s: then %s', (outcome, time, answer) =>
    expect(decideAttendance(visit(), { outcome }, at(time))).toBe(answer),
  );
  it('when somebody else marked it meanwhile: then changed-meanwhile (B52)', () =>
    expect(
      decideAttendance(
        visit({ version: 2 }),
        { outcome: 'attended', expectedVersion: 1 },
        at('10:00'),
      ),
    ).toBe('changed-meanwhile'));
  it('when it was missed and booked anew: then it cannot have been attended', () => {
    const missed = visit({ state: 'missed', bookedAnew: true });
    expect(decideAttendance(missed, { outcome: 'attended' }, at('11:00'))).toBe('not-changeable');
    expect(decideAttendance(missed, { outcome: 'turned-back' }, at('11:00'))).toBe('marked');
  });
});

describe('whatever the state', () => {
  it('a cancelled booking stays cancelled, and saying the same again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RESERVATION_STATES),
        fc.constantFrom(...ATTENDANCE),
        (state, outcome) => {
          const answer = decideAttendance(visit({ state }), { outcome }, at('12:00'));
          expect(answer).toBe(
            state === 'cancelled' || state === outcome ? 'not-changeable' : 'marked',
          );
        },
      ),
    );
  });
});

import type { CalendarDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalState, decide } from './approval.ts';
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS, sessionLives } from './session-life.ts';
import { waitAfterFailures } from './sign-in-delay.ts';
import { contractInForce, withinHours } from './working-hours.ts';

const terms = {
  hoursFrom: '08:30',
  hoursTo: '17:15',
  contractFrom: '2026-04-01' as CalendarDate,
  contractTo: '2027-03-31' as CalendarDate,
};

describe('working hours', () => {
  it.each([
    ['2026-11-22T23:29:00Z', false],
    ['2026-11-22T23:30:00Z', true],
    ['2026-11-23T08:14:00Z', true],
    ['2026-11-23T08:15:00Z', false],
  ])('at %s: %s', (instant, inside) => expect(withinHours(terms, new Date(instant))).toBe(inside));

  it('hold all day for 00:00–24:00', () => {
    const always = { ...terms, hoursFrom: '00:00', hoursTo: '24:00' };
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }),
        (date) => withinHours(always, date),
      ),
    );
  });
});

describe('a contract', () => {
  it.each([
    ['2026-03-31T14:59:59Z', false],
    ['2026-03-31T15:00:00Z', true],
    ['2027-03-31T14:59:59Z', true],
    ['2027-03-31T15:00:00Z', false],
  ])('at %s in Tokyo: %s', (instant, inForce) =>
    expect(contractInForce(terms, new Date(instant))).toBe(inForce),
  );
});

describe('a session', () => {
  const openedAt = new Date('2026-11-23T00:00:00Z');
  const at = (ms: number) => new Date(openedAt.getTime() + ms);
  it('ends by idling, by its age and by being ended', () => {
    expect(sessionLives({ openedAt, lastSeenAt: openedAt, endedAt: null }, at(1))).toBe(true);
    expect(
      sessionLives({ openedAt, lastSeenAt: openedAt, endedAt: null }, at(SESSION_IDLE_MS)),
    ).toBe(false);
    const late = at(SESSION_ABSOLUTE_MS);
    expect(sessionLives({ openedAt, lastSeenAt: late, endedAt: null }, late)).toBe(false);
    expect(sessionLives({ openedAt, lastSeenAt: openedAt, endedAt: openedAt }, at(1))).toBe(false);
  });
});

describe('an approval', () => {
  const now = new Date('2026-11-23T00:00:00Z');
  const pending = {
    kind: 'export' as const,
    requestedBy: 'a',
    expiresAt: new Date(now.getTime() + 1000),
    decision: null,
    usedAt: null,
  };
  const role = 'senior-operator' as const;
  it('needs a second person, once, in time (B43)', () => {
    expect(decide(pending, { decidedBy: 'b', role, now })).toEqual({ ok: true, value: true });
    expect(decide(pending, { decidedBy: 'a', role, now })).toMatchObject({
      refusal: { code: 'approval_own_request' },
    });
    expect(
      decide({ ...pending, decision: 'approved' }, { decidedBy: 'b', role, now }),
    ).toMatchObject({
      refusal: { code: 'approval_already_decided' },
    });
    expect(decide(pending, { decidedBy: 'b', role, now: pending.expiresAt })).toMatchObject({
      refusal: { code: 'approval_expired' },
    });
    expect(approvalState(pending, pending.expiresAt)).toBe('expired');
  });

  it('that was given is good until it was used, or ran out', () => {
    const given = { ...pending, decision: 'approved' as const };
    expect(approvalState(given, now)).toBe('approved');
    expect(approvalState(given, given.expiresAt)).toBe('expired');
    const used = { ...given, usedAt: now };
    expect(approvalState(used, now)).toBe('used');
    expect(approvalState(used, given.expiresAt)).toBe('used');
    expect(approvalState({ ...pending, decision: 'rejected' }, given.expiresAt)).toBe('rejected');
  });

  it('of what takes seats away comes from the city, whoever else may say yes to other things', () => {
    const seats = { ...pending, kind: 'session-change' as const };
    for (const other of ['senior-operator', 'operations-manager', 'system-administrator'] as const)
      expect(decide(seats, { decidedBy: 'b', role: other, now })).toMatchObject({
        refusal: { code: 'approval_by_the_city' },
      });
    expect(decide(seats, { decidedBy: 'b', role: 'city-staff', now })).toMatchObject({ ok: true });
    expect(decide(seats, { decidedBy: 'a', role: 'city-staff', now })).toMatchObject({
      refusal: { code: 'approval_own_request' },
    });
  });
});

describe('the wait after failed sign-ins', () => {
  it('grows, but never to a lock-out', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 100].map(waitAfterFailures)).toEqual([
      0, 0, 0, 500, 1000, 2000, 4000, 8000, 8000,
    ]);
  });
});

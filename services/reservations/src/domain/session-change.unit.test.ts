import type { SessionChange, SessionPattern } from '@madoguchi/contracts';
import { describe, expect, it } from 'vitest';
import type { SlotBefore } from './session-change.ts';
import { hitBy } from './session-change.ts';

const now = new Date('2026-12-01T00:30:00Z');
const pattern = { startsAt: '09:00', extraAtStart: 2 } as SessionPattern;
const patterns = new Map([['s', pattern]]);
const slot = (changes: Partial<SlotBefore>): SlotBefore => ({
  sessionId: 's',
  startsAt: '10:00',
  start: new Date('2026-12-01T01:00:00Z'),
  capacity: 6,
  targetCapacity: null,
  booked: 0,
  expected: 0,
  ...changes,
});
const closing: SessionChange = { kind: 'close-session', sessionId: 's', reason: 'typhoon' };
const cut = (capacity: number, times: object = {}): SessionChange => ({
  kind: 'change-capacity',
  sessionId: 's',
  capacity,
  reason: 'staff-shortage',
  ...times,
});
const hit = (change: SessionChange, ...slots: SlotBefore[]) =>
  hitBy(change, slots, { patterns, now });

describe('closing', () => {
  it('hits everybody who is still expected, and could hit as many as there are seats', () => {
    expect(
      hit(closing, slot({ booked: 3, expected: 3 }), slot({ booked: 1, expected: 1 })),
    ).toEqual({
      seats: { from: 12, to: 0 },
      people: 4,
      most: 12,
    });
  });

  it('hits nobody who has come already, and no slot that has begun', () => {
    expect(hit(closing, slot({ booked: 2, expected: 0 })).people).toBe(0);
    expect(hit(closing, slot({ booked: 2, expected: 2, start: now }))).toEqual({
      seats: { from: 0, to: 0 },
      people: 0,
      most: 0,
    });
  });

  it('counts as most whom an earlier cut left without a seat too', () => {
    const left = slot({ booked: 5, expected: 5, capacity: 5, targetCapacity: 2 });
    expect(hit(closing, left)).toEqual({ seats: { from: 2, to: 0 }, people: 5, most: 5 });
  });
});

describe('a cut', () => {
  it('hits whoever is booked beyond it, with the extra seats at the start counted', () => {
    expect(hit(cut(2), slot({ booked: 3, expected: 3 })).people).toBe(1);
    const first = slot({ startsAt: '09:00', capacity: 8, booked: 5, expected: 5 });
    expect(hit(cut(2), first)).toEqual({ seats: { from: 8, to: 4 }, people: 1, most: 4 });
  });

  it('hits nobody anew whom an earlier one put on the list, and nobody by growing', () => {
    const left = slot({ booked: 5, expected: 5, capacity: 5, targetCapacity: 2 });
    expect(hit(cut(2), left).people).toBe(0);
    expect(hit(cut(3), left).people).toBe(0);
    expect(hit(cut(1), left).people).toBe(1);
  });

  it('is of the slots it names', () => {
    const [early, late] = [
      slot({ booked: 3, expected: 3 }),
      slot({ startsAt: '11:00', booked: 3, expected: 3 }),
    ];
    expect(hit(cut(0, { timeFrom: '11:00' }), early, late).people).toBe(3);
    expect(hit(cut(0, { timeTo: '11:00' }), early, late).people).toBe(3);
    expect(hit(cut(0), early, late).people).toBe(6);
  });
});

import type { CalendarDate } from '@madoguchi/kernel';
import { tokyoInstant } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import type { SeatFacts } from './judge-seat.ts';
import { judgeSeat } from './judge-seat.ts';
import { ruleWith, rulebookOf } from './rulebook.fixture.ts';
import type { SlotState } from './slot-state.ts';

const day = '2026-11-25' as CalendarDate;
const now = tokyoInstant(day, '08:00');
const slotWith = (changes: Partial<SlotState>): SeatFacts['slot'] => ({
  capacity: 2,
  booked: 2,
  held: 0,
  quota: { phone: 1, web: 1, staff: 0, 'walk-in': 0 },
  taken: { phone: 1, web: 1, staff: 0, 'walk-in': 0 },
  opensAt: tokyoInstant(day, '00:00'),
  closesAt: tokyoInstant(day, '10:00'),
  startsAt: tokyoInstant(day, '10:00'),
  closed: false,
  date: day,
  productCode: 'XA',
  ...changes,
});
const judged = (
  slot: SeatFacts['slot'],
  wanted: Partial<Parameters<typeof judgeSeat>[1]>,
): string => {
  const person = {
    dateOfBirth: '1960-01-01' as CalendarDate,
    residency: [{ from: '1960-01-01' as CalendarDate, to: null }],
    doses: [],
    bookings: [],
  };
  const rules = rulebookOf([ruleWith({})]);
  const answer = judgeSeat(
    { slot, person, rules },
    { doseNumber: 1, channel: 'phone', now, ...wanted },
  );
  return answer.ok ? 'ok' : answer.refusal.code;
};

describe('a seat of a slot on which this person already sits', () => {
  it('is theirs again through the same channel, however full the slot', () => {
    expect(judged(slotWith({}), {})).toBe('slot_full');
    expect(judged(slotWith({}), { mayBeFull: true, ownChannel: 'phone' })).toBe('ok');
    expect(judged(slotWith({}), { mayBeFull: true })).toBe('ok');
  });

  it('is not theirs through a channel that another was promised it against', () => {
    const wanted = { mayBeFull: true, ownChannel: 'phone' as const, channel: 'web' as const };
    expect(judged(slotWith({}), wanted)).toBe('channel_quota_reached');
    const open = slotWith({ quota: { phone: 0, web: 1, staff: 0, 'walk-in': 0 } });
    expect(judged(open, wanted)).toBe('ok');
  });

  it('does not open a slot that is closed', () => {
    expect(judged(slotWith({ closed: true }), { mayBeFull: true })).toBe('slot_closed');
  });
});

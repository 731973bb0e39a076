import { CHANNELS } from '@madoguchi/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PerChannel, SlotState } from './slot-state.ts';
import { freeFor, refusalOf } from './slot-state.ts';

describe('a slot', () => {
  const at = (time: string) => new Date(`2026-11-24T${time}:00+09:00`);
  const per = (changes: Partial<PerChannel> = {}): PerChannel => ({
    phone: 0,
    web: 0,
    staff: 0,
    'walk-in': 0,
    ...changes,
  });
  const slot = (changes: Partial<SlotState> = {}): SlotState => ({
    capacity: 6,
    booked: 0,
    held: 0,
    quota: per({ phone: 3, web: 2 }),
    taken: per(),
    opensAt: at('08:00'),
    closesAt: at('12:00'),
    startsAt: at('13:00'),
    closed: false,
    ...changes,
  });
  it.each([
    ['07:59', 'slot_not_open'],
    ['08:00', undefined],
    ['12:00', 'slot_closed'],
    ['13:00', 'slot_in_past'],
  ])('at %s: %s, operators included (B26)', (time, refusal) =>
    expect(refusalOf(slot(), 'phone', at(time))).toBe(refusal),
  );
  it('keeps what the phone was promised from the web, and the other way round', () => {
    expect(freeFor(slot(), 'web')).toBe(3);
    expect(freeFor(slot(), 'phone')).toBe(4);
    expect(freeFor(slot(), 'walk-in')).toBe(1);
    const webFull = slot({ booked: 3, taken: per({ web: 3 }) });
    expect(freeFor(webFull, 'web')).toBe(0);
    expect(freeFor(webFull, 'phone')).toBe(3);
    expect(refusalOf(webFull, 'web', at('09:00'))).toBe('channel_quota_reached');
    const full = slot({ booked: 6, taken: per({ web: 3, phone: 3 }) });
    expect(refusalOf(full, 'web', at('09:00'))).toBe('slot_full');
  });
  it('lets every channel have what it was promised, whatever the others took before', () => {
    const perChannel = fc.record({
      phone: fc.nat(6),
      web: fc.nat(6),
      staff: fc.nat(6),
      'walk-in': fc.nat(6),
    });
    const channel = fc.constantFrom(...CHANNELS);
    fc.assert(
      fc.property(
        perChannel,
        fc.nat(6),
        fc.array(channel, { maxLength: 60 }),
        (quota, more, asks) => {
          const capacity = Object.values(quota).reduce((a, b) => a + b, 0) + more;
          let state = slot({ capacity, quota });
          for (const by of asks) {
            if (freeFor(state, by) === 0) continue;
            state = {
              ...state,
              booked: state.booked + 1,
              taken: { ...state.taken, [by]: state.taken[by] + 1 },
            };
            expect(state.booked).toBeLessThanOrEqual(capacity);
            for (const one of CHANNELS)
              expect(freeFor(state, one)).toBeGreaterThanOrEqual(quota[one] - state.taken[one]);
          }
        },
      ),
    );
  });
});

import type { Channel } from '@madoguchi/contracts';
import { CHANNELS } from '@madoguchi/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookedBeyond, resize } from './capacity-cut.ts';
import { fitQuotas, scaleQuotas } from './quotas.ts';
import type { PerChannel, SlotState } from './slot-state.ts';
import { freeFor } from './slot-state.ts';

const sum = (seats: PerChannel): number => CHANNELS.reduce((total, one) => total + seats[one], 0);
const seats = (...list: number[]): PerChannel =>
  Object.fromEntries(CHANNELS.map((channel, place) => [channel, list[place] ?? 0])) as Record<
    Channel,
    number
  >;

/** The CHECKs of the slot table, in words of their own. */
function keepsTheChecks(capacity: number, quota: PerChannel, taken: PerChannel): boolean {
  const beyond = CHANNELS.reduce((all, one) => all + Math.max(taken[one] - quota[one], 0), 0);
  return (
    CHANNELS.every((one) => quota[one] >= 0 && Number.isInteger(quota[one])) &&
    sum(quota) <= capacity &&
    sum(taken) <= capacity &&
    beyond <= capacity - sum(quota)
  );
}

/** Four numbers that add up to no more than a capacity. */
const sharesOf = (capacity: number) =>
  fc
    .array(fc.integer({ min: 0, max: capacity }), { minLength: 4, maxLength: 4 })
    .map((cuts) => cuts.toSorted((a, b) => a - b))
    .map(([a = 0, b = 0, c = 0, d = 0]) => seats(a, b - a, c - b, d - c));
const anySlot = fc.integer({ min: 0, max: 40 }).chain((capacity) =>
  fc.record({
    capacity: fc.constant(capacity),
    taken: sharesOf(capacity),
    wanted: sharesOf(capacity),
  }),
);

describe('promises fitted to what is taken', () => {
  it('keep every CHECK of the table, are never more than wanted, and give up no more than they must', () => {
    fc.assert(
      fc.property(anySlot, ({ capacity, taken, wanted }) => {
        const fitted = fitQuotas(wanted, { capacity, taken });
        expect(keepsTheChecks(capacity, fitted, taken)).toBe(true);
        for (const one of CHANNELS) {
          expect(fitted[one]).toBeLessThanOrEqual(wanted[one]);
          expect(fitted[one]).toBeGreaterThanOrEqual(Math.min(wanted[one], taken[one]));
        }
        const occupied = CHANNELS.reduce((all, one) => all + Math.max(wanted[one], taken[one]), 0);
        expect(sum(wanted) - sum(fitted)).toBe(Math.max(0, occupied - capacity));
      }),
      { numRuns: 5_000 },
    );
  });

  it('leave what fits as it is wanted', () => {
    expect(fitQuotas(seats(3, 3), { capacity: 6, taken: seats(1, 3) })).toEqual(seats(3, 3));
    // The web took four; the telephone’s new three cannot all be kept.
    expect(fitQuotas(seats(3, 3), { capacity: 6, taken: seats(1, 4) })).toEqual(seats(2, 3));
    expect(fitQuotas(seats(6, 0), { capacity: 6, taken: seats(0, 6) })).toEqual(seats(0, 0));
  });

  it('are never emptied by another channel, before or after a new plan', () => {
    const taking = fc.array(fc.constantFrom(...CHANNELS), { maxLength: 60 });
    fc.assert(
      fc.property(anySlot, taking, taking, ({ capacity, wanted }, first, then) => {
        let slot: SlotState = {
          capacity,
          booked: 0,
          held: 0,
          quota: wanted,
          taken: seats(),
          opensAt: new Date(0),
          closesAt: new Date(0),
          startsAt: new Date(0),
          closed: false,
        };
        const promisedStays = (): void => {
          for (const one of CHANNELS)
            expect(freeFor(slot, one)).toBeGreaterThanOrEqual(
              Math.max(0, slot.quota[one] - slot.taken[one]),
            );
        };
        const take = (channel: Channel): void => {
          if (freeFor(slot, channel) === 0) return;
          const taken = { ...slot.taken, [channel]: slot.taken[channel] + 1 };
          slot = { ...slot, taken, booked: slot.booked + 1 };
          promisedStays();
        };
        first.forEach(take);
        const turned = seats(wanted['walk-in'], wanted.staff, wanted.web, wanted.phone);
        slot = { ...slot, quota: fitQuotas(turned, slot) };
        promisedStays();
        then.forEach(take);
        expect(keepsTheChecks(capacity, slot.quota, slot.taken)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('promises for a slot of another size', () => {
  it('are in proportion, and never more than there are seats', () => {
    expect(scaleQuotas(seats(3, 3), 6, 8)).toEqual(seats(4, 4));
    expect(scaleQuotas(seats(3, 2), 6, 3)).toEqual(seats(2, 1));
    expect(scaleQuotas(seats(0), 0, 5)).toEqual(seats(0));
    fc.assert(
      fc.property(anySlot, fc.integer({ min: 0, max: 60 }), ({ capacity, wanted }, size) => {
        const scaled = scaleQuotas(wanted, capacity, size);
        expect(keepsTheChecks(size, scaled, seats())).toBe(true);
        if (size === capacity) expect(scaled).toEqual(wanted);
      }),
    );
  });
});

describe('a cut', () => {
  const pattern = { startsAt: '09:00', extraAtStart: 2, capacity: 6, quotas: seats(3, 3) };
  const slot = (taken: PerChannel, startsAt = '10:00') => ({
    startsAt,
    booked: sum(taken),
    held: 0,
    taken,
  });

  it('below what is booked leaves no seat free and nobody without one', () => {
    expect(resize(slot(seats(3, 2)), pattern, 2)).toEqual({
      capacity: 5,
      targetCapacity: 2,
      quotas: seats(3, 2),
    });
    expect(bookedBeyond(slot(seats(3, 2)), pattern, 2)).toBe(3);
    expect(bookedBeyond(slot(seats(3, 2), '09:00'), pattern, 2)).toBe(1);
  });

  it('keeps every CHECK, whatever is taken', () => {
    fc.assert(
      fc.property(anySlot, fc.integer({ min: 0, max: 40 }), ({ capacity, taken, wanted }, size) => {
        const now = slot(taken);
        const done = resize(now, { ...pattern, capacity, quotas: wanted }, size);
        expect(keepsTheChecks(done.capacity, done.quotas, taken)).toBe(true);
        const { targetCapacity } = done;
        expect(targetCapacity === null || done.capacity === now.booked).toBe(true);
        expect(done.targetCapacity ?? done.capacity).toBe(size);
      }),
      { numRuns: 2_000 },
    );
  });
});

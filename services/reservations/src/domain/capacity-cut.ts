import type { SessionPattern } from '@madoguchi/contracts';
import { fitQuotas, scaleQuotas } from './quotas.ts';
import { capacityAt } from './session-pattern.ts';
import type { PerChannel } from './slot-state.ts';

/** A slot as it is when its size is changed. */
type SlotNow = { startsAt: string; booked: number; held: number; taken: PerChannel };

export type Resized = { capacity: number; targetCapacity: number | null; quotas: PerChannel };

/**
 * What a slot becomes when its session is given another number of seats. Where more is taken than that, it
 * keeps as many seats as are taken, each promised to the channel that has it, so that none is free; its
 * target is what it shrinks to as they are given up.
 */
export function resize(
  slot: SlotNow,
  pattern: Pick<SessionPattern, 'startsAt' | 'extraAtStart' | 'capacity' | 'quotas'>,
  capacity: number,
): Resized {
  const wanted = capacityAt(pattern, { startsAt: slot.startsAt, capacity });
  const taken = slot.booked + slot.held;
  if (taken > wanted) return { capacity: taken, targetCapacity: wanted, quotas: slot.taken };
  const promised = scaleQuotas(pattern.quotas, pattern.capacity, wanted);
  return {
    capacity: wanted,
    targetCapacity: null,
    quotas: fitQuotas(promised, { capacity: wanted, taken: slot.taken }),
  };
}

/** People who are booked beyond a size. */
export const bookedBeyond = (
  slot: Pick<SlotNow, 'startsAt' | 'booked'>,
  pattern: Pick<SessionPattern, 'startsAt' | 'extraAtStart'>,
  capacity: number,
): number => Math.max(0, slot.booked - capacityAt(pattern, { startsAt: slot.startsAt, capacity }));

import type { SessionPattern } from '@madoguchi/contracts';
import { CHANNELS } from '@madoguchi/contracts';
import { scaleQuotas } from './quotas.ts';
import type { PerChannel } from './slot-state.ts';

/** A slot to be made. Times are wall times in Tokyo. */
export type PatternSlot = {
  startsAt: string;
  endsAt: string;
  capacity: number;
  quotas: PerChannel;
};

const minutesOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Items of a pattern that cannot be meant; none where slots can be made of it. */
export function patternFaults(pattern: SessionPattern): string[] {
  const { startsAt, endsAt, gaps, capacity, quotas } = pattern;
  const promised = CHANNELS.reduce((total, channel) => total + quotas[channel], 0);
  const faults: string[] = [];
  if (startsAt >= endsAt) faults.push('endsAt');
  if (gaps.some(({ from, to }) => from >= to || from < startsAt || endsAt < to))
    faults.push('gaps');
  if (promised > capacity) faults.push('quotas');
  if (faults.length === 0 && slotsOfPattern(pattern).length === 0) faults.push('slotMinutes');
  return faults;
}

/** Seats of a slot by its place: the first one has more. */
export const capacityAt = (
  { startsAt, extraAtStart }: Pick<SessionPattern, 'startsAt' | 'extraAtStart'>,
  slot: { startsAt: string; capacity: number },
): number => slot.capacity + (slot.startsAt === startsAt && slot.capacity > 0 ? extraAtStart : 0);

/** The slots of a day: one after another, none of them reaching into a gap or past the end. */
export function slotsOfPattern(pattern: SessionPattern): PatternSlot[] {
  const gaps = pattern.gaps
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    .toSorted((a, b) => a.from - b.from);
  const end = minutesOf(pattern.endsAt);
  const slots: PatternSlot[] = [];
  let at = minutesOf(pattern.startsAt);
  while (at + pattern.slotMinutes <= end) {
    const next = at + pattern.slotMinutes;
    const begins = at;
    const gap = gaps.find(({ from, to }) => begins < to && from < next);
    if (gap) {
      at = gap.to;
      continue;
    }
    const startsAt = timeOf(at);
    const capacity = capacityAt(pattern, { startsAt, capacity: pattern.capacity });
    slots.push({
      startsAt,
      endsAt: timeOf(next),
      capacity,
      quotas: scaleQuotas(pattern.quotas, pattern.capacity, capacity),
    });
    at = next;
  }
  return slots;
}

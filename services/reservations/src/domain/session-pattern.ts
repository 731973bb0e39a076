import type { SessionPattern } from '@madoguchi/contracts';
import { CHANNELS } from '@madoguchi/contracts';
import type { ItemFault } from './item-fault.ts';
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

const say = (item: string, ja: string, en: string): ItemFault => ({ item, ja, en });

/** More seats promised than a slot has. */
export function quotaFault(quotas: PerChannel, capacity: number): ItemFault | undefined {
  const promised = CHANNELS.reduce((total, channel) => total + quotas[channel], 0);
  return promised > capacity
    ? say(
        'quotas',
        `確保する席の合計 ${promised} が、1枠の席 ${capacity} を超えています。`,
        `${promised} seats are kept for the channels, of ${capacity} that a slot has.`,
      )
    : undefined;
}

function gapFaults({ startsAt, endsAt, gaps }: SessionPattern): ItemFault[] {
  return gaps.flatMap(({ from, to }, place) => {
    const item = `gaps[${place}]`;
    if (from >= to)
      return say(
        item,
        `休憩の終わり ${to} が、始まり ${from} より後ではありません。`,
        `The gap from ${from} does not end after it begins.`,
      );
    return from < startsAt || endsAt < to
      ? say(
          item,
          `休憩 ${from}–${to} が、枠の時間 ${startsAt}–${endsAt} の外にかかっています。`,
          `The gap ${from}–${to} reaches outside the session, ${startsAt}–${endsAt}.`,
        )
      : [];
  });
}

/** What of a pattern cannot be meant; nothing where slots can be made of it. */
export function patternFaults(pattern: SessionPattern): ItemFault[] {
  const { startsAt, endsAt, slotMinutes } = pattern;
  const promised = quotaFault(pattern.quotas, pattern.capacity);
  const faults = [
    ...(startsAt >= endsAt
      ? [say('endsAt', '終了が、開始より後ではありません。', 'It does not end after it starts.')]
      : gapFaults(pattern)),
    ...(promised ? [promised] : []),
  ];
  if (faults.length > 0 || slotsOfPattern(pattern).length > 0) return faults;
  return [
    say(
      'slotMinutes',
      `${slotMinutes}分の枠が、時間の中に一つも入りません。`,
      `Not one slot of ${slotMinutes} minutes fits in.`,
    ),
  ];
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

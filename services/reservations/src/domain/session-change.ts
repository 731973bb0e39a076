import type { SessionChange, SessionPattern } from '@madoguchi/contracts';
import { capacityAt } from './session-pattern.ts';

/** A slot of a session that is to be changed. */
export type SlotBefore = {
  sessionId: string;
  startsAt: string;
  start: Date;
  capacity: number;
  targetCapacity: number | null;
  booked: number;
  /** Bookings whose people have not come yet. */
  expected: number;
};

export type Hit = {
  seats: { from: number; to: number };
  /** People who lose their seat by it, and how many could, should all seats be booked first. */
  people: number;
  most: number;
};

/** Is the slot among those that a cut is of? */
export const isOfCut = (
  cut: { timeFrom?: string | undefined; timeTo?: string | undefined },
  slot: { startsAt: string },
): boolean =>
  (cut.timeFrom === undefined || slot.startsAt >= cut.timeFrom) &&
  (cut.timeTo === undefined || slot.startsAt < cut.timeTo);

const over = (booked: number, seats: number): number => Math.max(0, booked - seats);

function hitAt(
  change: SessionChange,
  slot: SlotBefore,
  pattern: Pick<SessionPattern, 'startsAt' | 'extraAtStart'>,
): Hit {
  const from = slot.targetCapacity ?? slot.capacity;
  if (change.kind !== 'change-capacity')
    return {
      seats: { from, to: 0 },
      people: slot.expected,
      most: Math.max(slot.expected, from),
    };
  const { startsAt, booked } = slot;
  const to = capacityAt(pattern, { startsAt, capacity: change.capacity });
  // Whom an earlier cut left without a seat is on the worklist already.
  const newlyOver = (taken: number): number => Math.max(0, over(taken, to) - over(taken, from));
  return {
    seats: { from, to },
    people: Math.min(slot.expected, newlyOver(booked)),
    most: newlyOver(Math.max(booked, from)),
  };
}

/** What a change does to slots that are still to come. */
export function hitBy(
  change: SessionChange,
  slots: readonly SlotBefore[],
  { patterns, now }: { patterns: ReadonlyMap<string, SessionPattern>; now: Date },
): Hit {
  const total: Hit = { seats: { from: 0, to: 0 }, people: 0, most: 0 };
  for (const slot of slots) {
    const pattern = patterns.get(slot.sessionId);
    const meant = change.kind !== 'change-capacity' || isOfCut(change, slot);
    if (!pattern || !meant || slot.start <= now) continue;
    const { seats, people, most } = hitAt(change, slot, pattern);
    total.seats.from += seats.from;
    total.seats.to += seats.to;
    total.people += people;
    total.most += most;
  }
  return total;
}

import type { CalendarDate } from '@madoguchi/kernel';
import { daysBetween } from '@madoguchi/kernel';
import { wallMinutes } from './wall-minutes.ts';

/** Where and when a seat is. */
export type Place = { slotId: string; venueCode: string; date: CalendarDate; startsAtTime: string };

/**
 * Order of preference for the second seat of a pair: the same venue, the day nearest to the standard one,
 * and then the time of day nearest to the first (the later of two equally near); ids decide between equals.
 */
export function bySecondSeat(wanted: { first: Place; standard: CalendarDate }) {
  const { first, standard } = wanted;
  const rank = (place: Place): number[] => {
    const off = daysBetween(standard, place.date);
    const apart = minutesApart(place, first);
    return [
      place.venueCode === first.venueCode ? 0 : 1,
      Math.abs(off),
      off < 0 ? 1 : 0,
      Math.abs(apart),
      apart < 0 ? 1 : 0,
    ];
  };
  return (one: Place, other: Place): number => {
    const [mine, theirs] = [rank(one), rank(other)];
    const at = mine.findIndex((value, index) => value !== theirs[index]);
    if (at !== -1) return (mine[at] ?? 0) - (theirs[at] ?? 0);
    return one.slotId < other.slotId ? -1 : Number(one.slotId !== other.slotId);
  };
}

/** Minutes since midnight at which parts of a day begin: morning, early and late afternoon, evening. */
const PARTS_OF_DAY = [12 * 60, 15 * 60, 18 * 60];
const partOf = ({ startsAtTime }: Place): number =>
  PARTS_OF_DAY.filter((begins) => begins <= wallMinutes(startsAtTime)).length;
const dayAt = ({ venueCode, date }: Place): string => `${venueCode} ${date}`;
const partAt = (place: Place): string => `${dayAt(place)} ${partOf(place)}`;

/**
 * Seats to choose from, of those in order of preference: the best one, the best of every other part of its day
 * and of every other day, then of other parts of those days, and only then more like these.
 */
export function spreadChoice<Seat extends Place>(inOrder: readonly Seat[], limit: number): Seat[] {
  const [best] = inOrder;
  if (best === undefined) return [];
  const ofBestDay = (place: Place): string =>
    dayAt(place) === dayAt(best) ? partAt(place) : dayAt(place);
  const chosen: Seat[] = [];
  for (const kindOf of [ofBestDay, partAt, ({ slotId }: Place) => slotId]) {
    const known = new Set(chosen.map(kindOf));
    for (const seat of inOrder) {
      if (known.has(kindOf(seat)) || chosen.includes(seat)) continue;
      known.add(kindOf(seat));
      chosen.push(seat);
      if (chosen.length === limit) return chosen;
    }
  }
  return chosen;
}

/** Minutes between two seats of a day; negative where this one comes before. */
export const minutesApart = (place: Place, from: Place): number =>
  wallMinutes(place.startsAtTime) - wallMinutes(from.startsAtTime);

/** Order of preference for a companion's seat: the same time, then the nearest, the later first. */
export function bySeatBeside(beside: Place) {
  return (one: Place, other: Place): number => {
    const [mine, theirs] = [minutesApart(one, beside), minutesApart(other, beside)];
    if (one.slotId === beside.slotId || other.slotId === beside.slotId)
      return one.slotId === other.slotId ? 0 : one.slotId === beside.slotId ? -1 : 1;
    return (
      Math.abs(mine) - Math.abs(theirs) || theirs - mine || (one.slotId < other.slotId ? -1 : 1)
    );
  };
}

import type { CalendarDate } from '@madoguchi/kernel';
import { mondayOf } from '@madoguchi/kernel';

/** Bookings that a change of the catalogue would hit, counted and nameless. */
export type Tally = {
  byReason: Map<string, number>;
  /** By `<venue>|<Monday>`. */
  byVenueWeek: Map<string, number>;
};
type Hit = { reason: string; venueCode: string; date: CalendarDate; count?: number };

export const emptyTally = (): Tally => ({ byReason: new Map(), byVenueWeek: new Map() });

const add = (counts: Map<string, number>, key: string, count: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + count);

export function count(tally: Tally, { reason, venueCode, date, count: many = 1 }: Hit): void {
  add(tally.byReason, reason, many);
  add(tally.byVenueWeek, `${venueCode}|${mondayOf(date)}`, many);
}

/** The counts in the order in which they are read: the most frequent reason first, venues week by week. */
export function counted({ byReason, byVenueWeek }: Tally) {
  return {
    byReason: [...byReason]
      .toSorted(([a, many], [b, more]) => more - many || a.localeCompare(b))
      .map(([reason, times]) => ({ reason, count: times })),
    byVenueWeek: [...byVenueWeek]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, times]) => {
        const [venueCode = '', weekOf = ''] = key.split('|');
        return { venueCode, weekOf, count: times };
      }),
  };
}

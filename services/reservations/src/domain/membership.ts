import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';

/** What a list says of somebody, half-open, and where it comes from. */
export type ListedAs = { from: CalendarDate; to: CalendarDate | null; source: string };
/** What somebody wants it to say; without a first day, whatever stands there, or today. */
export type ListingWanted = {
  from: CalendarDate | undefined;
  lastDay: CalendarDate | null;
  source: string;
};

export type ListingDecision =
  | { outcome: 'entered' | 'changed' | 'unchanged'; listing: ListedAs }
  /** It would end before it begins. */
  | { outcome: 'reversed' };

/** What becomes of what the list says of somebody. Who was off it comes on it anew. */
export function decideListing(
  standing: ListedAs | undefined,
  wanted: ListingWanted,
  today: CalendarDate,
): ListingDecision {
  const over = standing?.to !== undefined && standing.to !== null && standing.to <= today;
  const goesOn = standing !== undefined && (!over || wanted.lastDay !== null);
  const from = wanted.from ?? (goesOn ? standing.from : today);
  const to = wanted.lastDay === null ? null : addDays(wanted.lastDay, 1);
  if (to !== null && to <= from) return { outcome: 'reversed' };
  const listing = { from, to, source: wanted.source };
  if (!standing) return { outcome: 'entered', listing };
  const same = standing.from === from && standing.to === to && standing.source === wanted.source;
  return { outcome: same ? 'unchanged' : 'changed', listing };
}

/** The same, ended with a last day; one before its first day takes all of it back. */
export function endedWith(standing: ListedAs, lastDay: CalendarDate): ListedAs {
  const to = addDays(lastDay, 1);
  return { ...standing, to: to < standing.from ? standing.from : to };
}

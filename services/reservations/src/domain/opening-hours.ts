import type { SessionPattern } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { weekdayOf } from './closing-days.ts';
import type { ItemFault } from './item-fault.ts';
import { slotsOfPattern } from './session-pattern.ts';

/** Hours of a weekday, 0 is Sunday; half-open. */
export type VenueHours = { weekday: number; opens: string; closes: string };

type Stretch = { opens: string; closes: string };

/** Hours of a day, with those that touch taken as one. */
function stretchesOf(hours: readonly VenueHours[], day: CalendarDate): Stretch[] {
  const stretches: Stretch[] = [];
  const ofDay = hours.filter(({ weekday }) => weekday === weekdayOf(day));
  for (const { opens, closes } of ofDay.toSorted((a, b) => (a.opens < b.opens ? -1 : 1))) {
    const last = stretches.at(-1);
    if (last && opens <= last.closes) last.closes = closes > last.closes ? closes : last.closes;
    else stretches.push({ opens, closes });
  }
  return stretches;
}

type Stay = { startsAt: string; endsAt: string };

/** Lies a slot within the venue's hours on a day? Where no hours are known, all of them do. */
export function isWithinHours(
  slot: Stay,
  day: CalendarDate,
  hours: readonly VenueHours[],
): boolean {
  if (hours.length === 0) return true;
  return stretchesOf(hours, day).some(
    ({ opens, closes }) => opens <= slot.startsAt && slot.endsAt <= closes,
  );
}

/** What of a pattern lies outside the venue's hours on a day; a venue whose hours are not known has none. */
export function outsideHours(
  pattern: SessionPattern,
  day: CalendarDate,
  hours: readonly VenueHours[],
): ItemFault | undefined {
  if (hours.length === 0) return undefined;
  const stretches = stretchesOf(hours, day);
  const outside = slotsOfPattern(pattern).filter((slot) => !isWithinHours(slot, day, hours));
  const [first] = outside;
  if (!first) return undefined;
  const open = stretches.map(({ opens, closes }) => `${opens}–${closes}`);
  const slot = `${first.startsAt}–${first.endsAt}`;
  return {
    item: 'pattern',
    ja: `この曜日の会場の時間は ${open.join('、')} です。${slot} など ${outside.length} 枠が外にかかります。`,
    en: `The venue is open ${open.join(', ')} on that weekday; ${outside.length} slots lie outside, ${slot} the first.`,
  };
}

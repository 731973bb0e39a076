import type { SessionPattern } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { whyClosedOn } from './closing-days.ts';
import type { VenueDays } from './closing-days.ts';
import type { ItemFault } from './item-fault.ts';
import { outsideHours } from './opening-hours.ts';
import type { VenueHours } from './opening-hours.ts';
import type { DoseRule } from './rulebook.ts';

/** A day of a venue that is to be opened. */
export type WantedDay = { day: CalendarDate; productCode: string; pattern: SessionPattern };

/** What holds for every session that is opened now. */
export type OpeningTime = {
  today: CalendarDate;
  /** The last day on which a session can be opened. */
  lastDay: CalendarDate;
  doseRules: readonly DoseRule[];
};

/** Why a session cannot be opened, with the columns and refusals of it in the use cases. */
export type NotOpened =
  | { why: 'in-past' | 'too-far' | 'product-not-given' | 'product-over' | 'venue-closed' }
  | { why: 'outside-hours'; fault: ItemFault };

/** Have all rules that name a product ended by a day? One that no rule names may get some before then. */
export function isProductOver(
  doseRules: readonly DoseRule[],
  productCode: string,
  day: CalendarDate,
): boolean {
  const naming = doseRules.filter((rule) => rule.productCodes.includes(productCode));
  return naming.length > 0 && naming.every(({ validTo }) => validTo !== null && validTo <= day);
}

/** Why a session cannot be opened at a venue; undefined where it can. */
export function whyNotOpened(
  { day, productCode, pattern }: WantedDay,
  venue: VenueDays & { hours: readonly VenueHours[]; gives: boolean },
  { today, lastDay, doseRules }: OpeningTime,
): NotOpened | undefined {
  if (!venue.gives) return { why: 'product-not-given' };
  if (day < today) return { why: 'in-past' };
  if (day > lastDay) return { why: 'too-far' };
  if (isProductOver(doseRules, productCode, day)) return { why: 'product-over' };
  if (whyClosedOn(venue, day) !== undefined) return { why: 'venue-closed' };
  const fault = outsideHours(pattern, day, venue.hours);
  return fault && { why: 'outside-hours', fault };
}

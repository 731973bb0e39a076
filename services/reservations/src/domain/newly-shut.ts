import type { CalendarDate } from '@madoguchi/kernel';
import { isClosedOn } from './closing-days.ts';
import type { VenueDays } from './closing-days.ts';
import { isWithinHours } from './opening-hours.ts';
import type { VenueHours } from './opening-hours.ts';

/** What a venue gives, and when. */
export type VenueOffer = VenueDays & {
  /** Empty where its owner has told none: then all. */
  productCodes: readonly string[];
  hours: readonly VenueHours[];
};
type Slot = { date: CalendarDate; startsAt: string; endsAt: string; productCode: string };

export const givesProduct = ({ productCodes }: VenueOffer, productCode: string): boolean =>
  productCodes.length === 0 || productCodes.includes(productCode);

/** Why a slot gives no seat, or has to be looked at: the first reason that holds. */
function whyShut(venue: VenueOffer, { date, productCode, ...times }: Slot) {
  if (isClosedOn(venue, date)) return 'venue_closed_on_day';
  if (!givesProduct(venue, productCode)) return 'product_not_allowed';
  return isWithinHours(times, date, venue.hours) ? undefined : 'session_outside_hours';
}

/** Why the bookings of a slot would have to be looked at after a change of its venue, and not before it. */
export function whyNewlyShut(
  { was, is }: { was: VenueOffer; is: VenueOffer },
  slot: Slot,
): ReturnType<typeof whyShut> {
  const why = whyShut(is, slot);
  return why === whyShut(was, slot) ? undefined : why;
}

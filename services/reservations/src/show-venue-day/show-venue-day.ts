import type { showVenueDay as ShowVenueDay } from '@madoguchi/contracts';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { worksAt } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { slotsOfVenueDay } from '../store/venue-day-store.ts';
import { findVenue } from '../store/venue-store.ts';

/** How today goes at a venue, in numbers: nobody is named, so nothing of it is logged. */
export function showVenueDay(runtime: Runtime): Handler<typeof ShowVenueDay> {
  return async ({ venueCode }, { actor }) => {
    if (!worksAt(actor, venueCode)) return refuse('not_at_this_venue');
    const { read } = runtime.database;
    if (!(await findVenue(read, venueCode))) return refuse('venue_not_found');
    const now = runtime.clock.now();
    const day = tokyoDate(now);
    return ok({ day, slots: await slotsOfVenueDay(read, { venueCode, day }, now) });
  };
}

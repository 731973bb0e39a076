import type { countWaiting as CountWaiting } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { isAnyVenue } from '../store/venue-store.ts';
import { countEntries } from '../store/waiting-count-store.ts';

/** The whole waiting list in numbers: nobody is named, so nothing of it is logged. */
export function countWaiting(runtime: Runtime): Handler<typeof CountWaiting> {
  return async (which) => {
    const { read } = runtime.database;
    if (!(await isAnyVenue(read, which))) return refuse('venue_not_found');
    return ok(await countEntries(read, which, runtime.clock.now()));
  };
}

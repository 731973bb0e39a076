import type { namesForDaySheet as NamesForDaySheet } from '@madoguchi/contracts';
import { refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { worksAt } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { namesOfRun } from './names-of-run.ts';

/** Names for a day sheet that leaves the house now, for who asked for the approval of it. */
export function namesForDaySheet(runtime: Runtime): Handler<typeof NamesForDaySheet> {
  return async (request, context) => {
    if (!worksAt(context.actor, request.venueCode)) return refuse('not_at_this_venue');
    return namesOfRun({
      database: runtime.database,
      who: context.who,
      policy: runtime.policy,
      now: runtime.clock.now(),
      request,
      requestedBy: context.actor.sub,
    });
  };
}

import type { namesForDaySheet as NamesForDaySheet } from '@madoguchi/contracts';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { refusedElsewhere } from '@madoguchi/service';
import { namesOfRun, OPERATION } from './names-of-run.ts';

/** Names for a day sheet that leaves the house now, for who asked for the approval of it. */
export function namesForDaySheet(runtime: Runtime): Handler<typeof NamesForDaySheet> {
  return async (request, context) => {
    const elsewhere = await refusedElsewhere(runtime, context, {
      operation: OPERATION,
      venueCode: request.venueCode,
    });
    if (elsewhere) return elsewhere;
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

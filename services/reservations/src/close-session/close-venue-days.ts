import type { closeVenueDays as CloseVenueDays } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import type { reservationsConfig } from '../config.ts';
import type { PrismaClient } from '../generated/client.ts';
import { closeDays } from './close-days.ts';

/** A venue closes for some days: every open session of it. */
export function closeVenueDays(
  runtime: Runtime<PrismaClient, typeof reservationsConfig>,
): Handler<typeof CloseVenueDays> {
  return async (request, context) => {
    const command = commandOf(context, 'reservations.close-venue-days', request);
    const { approvalId, emergency, ...days } = request;
    const { actor } = context;
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const now = runtime.clock.now();
        return closeDays(tx, days, {
          approvalId,
          emergency,
          by: { id: actor.sub, atCommandLine: false, steppedUp: isSteppedUp(actor, now) },
          confirmHours: runtime.config.EMERGENCY_CONFIRM_HOURS,
          now,
        });
      }),
    );
  };
}

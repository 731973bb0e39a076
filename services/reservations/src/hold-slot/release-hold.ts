import type { releaseHold as ReleaseHold } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { giveBackHolds } from '../store/give-back.ts';
import { lockHold } from '../store/hold-store.ts';
import { lockResident } from '../store/take-seat.ts';

const OPERATION = 'reservations.release-hold';

/** Gives a held seat back before its time; the same command twice gives it back once. */
export function releaseHold(runtime: Runtime): Handler<typeof ReleaseHold> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockResident(tx, request.residentId);
        const hold = await lockHold(tx.query, request.holdId, grant.caseId);
        if (!hold || hold.residentId !== request.residentId) return refuse('hold_not_found');
        await giveBackHolds(tx, [hold], { now: runtime.clock.now(), takenAgain: [] });
        tx.audit({
          action: 'change',
          operation: OPERATION,
          outcome: 'done',
          residents: [hold.residentId],
          detail: { holdId: hold.id },
        });
        return ok({ released: true });
      }),
    );
  };
}

import type { releaseHold as ReleaseHold } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { endHold, lockHold } from '../store/hold-store.ts';

/** Gives a held seat back before its time. */
export function releaseHold(runtime: Runtime): Handler<typeof ReleaseHold> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    return runtime.database.transaction(context.who, async (tx) => {
      const hold = await lockHold(tx.query, request.holdId, grant.caseId);
      if (!hold) return refuse('hold_not_found');
      await endHold(tx.query, hold);
      tx.audit({
        action: 'change',
        operation: 'reservations.release-hold',
        outcome: 'done',
        residents: [hold.residentId],
        detail: { holdId: hold.id },
      });
      return ok({ released: true });
    });
  };
}

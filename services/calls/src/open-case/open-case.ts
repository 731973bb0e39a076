import type { openCase as OpenCase } from '@madoguchi/contracts';
import { isReason, signalSubjects } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { beginCase } from '../store/case-store.ts';

/** Opens a call case by hand when the telephone system is silent; flagged, and sampled for review. */
export function openCase(runtime: Runtime): Handler<typeof OpenCase> {
  return async (request, context) => {
    const operatorId = context.actor.sub;
    if (!isReason(request.reason)) return refuse('reason_too_short');
    const opened = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, commandOf(context, 'calls.open-case', request), async () => {
        const caseId = newId();
        await beginCase(tx, {
          id: caseId,
          kind: 'call',
          state: 'open',
          operatorId,
          openedAt: runtime.clock.now(),
          handReason: request.reason,
        });
        tx.audit({
          action: 'case',
          operation: 'calls.open-case',
          outcome: 'done',
          detail: { caseId, byHand: true },
        });
        return ok({ caseId });
      }),
    );
    if (opened.ok)
      runtime.signal(signalSubjects.operatorCase(operatorId), {
        caseId: opened.value.caseId,
        version: 1,
      });
    return opened;
  };
}

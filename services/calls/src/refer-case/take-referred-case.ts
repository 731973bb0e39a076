import type { takeReferredCase as TakeReferredCase } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { takeFromDesk } from '../store/desk-cases.ts';

/** A supervisor takes a case that waits at the desk. The first one has it. */
export function takeReferredCase(runtime: Runtime): Handler<typeof TakeReferredCase> {
  return async (request, context) => {
    const operatorId = context.actor.sub;
    const taken = await runtime.database.transaction(context.who, async (tx) => {
      if (!(await takeFromDesk(tx.query, request.caseId, operatorId)))
        return refuse('case_not_found');
      tx.audit({
        action: 'case',
        operation: 'calls.take-referred-case',
        outcome: 'done',
        detail: { caseId: request.caseId },
      });
      return ok({ caseId: request.caseId });
    });
    if (taken.ok)
      runtime.signal(signalSubjects.operatorCase(operatorId), {
        caseId: request.caseId,
        version: 0,
      });
    return taken;
  };
}

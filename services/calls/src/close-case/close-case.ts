import type { closeCase as CloseCase } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { findOwnCase } from '../store/case-store.ts';
import { endCase } from '../store/end-case.ts';

/** Closes the case with an after-call code; its grants end at every verifier, its holds are released. */
export function closeCase(runtime: Runtime): Handler<typeof CloseCase> {
  return async (request, context) => {
    const operatorId = context.actor.sub;
    const now = runtime.clock.now();
    const closed = await runtime.database.transaction(context.who, async (tx) => {
      const row = await findOwnCase(tx.query, operatorId, request.caseId);
      if (!row) return refuse('case_not_found');
      const { afterCallCode, note } = request;
      await endCase(tx, { caseId: row.id, at: now, afterCallCode, note });
      tx.audit({
        action: 'case',
        operation: 'calls.close-case',
        outcome: 'done',
        detail: { caseId: row.id, afterCallCode },
      });
      return ok({ caseId: row.id, closedAt: now.toISOString() });
    });
    if (closed.ok) {
      runtime.signal(signalSubjects.caseEnded, { caseId: request.caseId });
      runtime.signal(signalSubjects.operatorCase(operatorId), {
        caseId: request.caseId,
        version: 0,
      });
    }
    return closed;
  };
}

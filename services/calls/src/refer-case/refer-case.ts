import type { referCase as ReferCase } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { CASE_TRANSITIONS } from '../domain/case-state.ts';
import { findOwnCase } from '../store/case-store.ts';
import { referToDesk } from '../store/desk-cases.ts';

/** Hands the case to the supervisor desk; the operator's own permit and grants end with that. */
export function referCase(runtime: Runtime): Handler<typeof ReferCase> {
  return async (request, context) => {
    const operatorId = context.actor.sub;
    const referred = await runtime.database.transaction(context.who, async (tx) => {
      const row = await findOwnCase(tx.query, operatorId, request.caseId);
      if (!row) return refuse('case_not_found');
      if (CASE_TRANSITIONS[row.state].refer === undefined) return refuse('case_already_referred');
      await referToDesk(tx.query, {
        caseId: row.id,
        operatorId,
        reason: request.reason,
        at: runtime.clock.now(),
      });
      tx.audit({
        action: 'case',
        operation: 'calls.refer-case',
        outcome: 'done',
        detail: { caseId: row.id, reason: request.reason },
      });
      return ok({ caseId: row.id });
    });
    if (referred.ok)
      runtime.signal(signalSubjects.operatorCase(operatorId), {
        caseId: request.caseId,
        version: 0,
      });
    return referred;
  };
}

import type { openSelfServiceCase as OpenSelfServiceCase } from '@madoguchi/contracts';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { findCallByKey } from '../store/call-store.ts';
import { casesOfCall, findOwnCase, beginCase } from '../store/case-store.ts';
import { permitFor } from '../store/permit.ts';

/** A phone agent opens a case for the caller of a live call that the telephone system told us of. */
export function openSelfServiceCase(runtime: Runtime): Handler<typeof OpenSelfServiceCase> {
  return async (request, context) => {
    const agentId = context.actor.sub;
    const row = await runtime.database.transaction(context.who, async (tx) => {
      const call = await findCallByKey(tx.query, [request.callKey]);
      if (!call || call.state === 'ended') return undefined;
      const open = (await casesOfCall(tx.query, call.id)).find((one) => one.operatorId === agentId);
      if (open) return open;
      const caseId = newId();
      await beginCase(tx, {
        id: caseId,
        kind: 'self-service',
        state: 'open',
        operatorId: agentId,
        callId: call.id,
        openedAt: runtime.clock.now(),
      });
      tx.audit({
        action: 'case',
        operation: 'calls.open-self-service-case',
        outcome: 'done',
        detail: { caseId },
      });
      return findOwnCase(tx.query, agentId, caseId);
    });
    if (!row) return refuse('call_not_found');
    return ok({ caseId: row.id, ...(await permitFor(runtime, row, agentId)) });
  };
}

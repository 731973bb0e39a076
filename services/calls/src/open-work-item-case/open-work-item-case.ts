import type { openWorkItemCase as OpenWorkItemCase } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { beginCase, findCaseOfItem, lockCaseId } from '../store/case-store.ts';

/**
 * Opens the case in which an operator calls whom a work item is about. The worklist chose its id, so that
 * asking again after a fault opens nothing twice; items of the supervisor desk open there.
 */
export function openWorkItemCase(runtime: Runtime): Handler<typeof OpenWorkItemCase> {
  return async (request, context) => {
    const { caseId, itemId, operatorId, residents, atDesk } = request;
    const opened = await runtime.database.transaction(context.who, async (tx) => {
      await lockCaseId(tx.query, caseId);
      const known = await findCaseOfItem(tx.query, caseId);
      if (known)
        return known.workItemId === itemId &&
          known.operatorId === operatorId &&
          known.state !== 'closed'
          ? ok({ caseId })
          : refuse('case_not_found');
      await beginCase(tx, {
        id: caseId,
        kind: 'work-item',
        state: atDesk ? 'referred' : 'open',
        operatorId,
        openedAt: runtime.clock.now(),
        workItem: { id: itemId, residents },
      });
      tx.audit({
        action: 'case',
        operation: 'calls.open-work-item-case',
        outcome: 'done',
        residents,
        detail: { caseId, itemId, operatorId, atDesk },
      });
      return ok({ caseId });
    });
    if (opened.ok) runtime.signal(signalSubjects.operatorCase(operatorId), { caseId, version: 1 });
    return opened;
  };
}

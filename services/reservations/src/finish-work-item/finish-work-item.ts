import type { finishWorkItem as FinishWorkItem, RequestOf } from '@madoguchi/contracts';
import { OUTCOMES_OF } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { outcomeHolds } from '../domain/work-item.ts';
import { bookingAtStake, endWorkItem, postponeWorkItem } from '../store/work-item-moves.ts';
import type { WorkItemRow } from '../store/work-item-store.ts';
import { lockWorkItem } from '../store/work-item-store.ts';

type Outcome = RequestOf<typeof FinishWorkItem>['outcome'];

async function isTrue(query: Query, item: WorkItemRow, outcome: Outcome): Promise<boolean> {
  return outcomeHolds(outcome, { ...(await bookingAtStake(query, item)), slotId: item.slotId });
}

/**
 * Enters how the call of the case ended. Entering it twice is once. What settled itself during the call, as an
 * offer that was answered, still takes no outcome that is not true: the case is closed under it.
 */
export function finishWorkItem(runtime: Runtime): Handler<typeof FinishWorkItem> {
  return (request, context) =>
    runtime.database.transaction(context.who, async (tx) => {
      const { itemId, outcome } = request;
      const item = await lockWorkItem(tx.query, itemId);
      if (!item || item.caseId === null || item.caseId !== context.permit?.caseId)
        return refuse('work_item_not_found');
      if (!OUTCOMES_OF[item.kind].includes(outcome) || !(await isTrue(tx.query, item, outcome)))
        return refuse('work_item_outcome_untrue');
      if (item.state === 'done') return ok({ itemId, state: 'done' as const });
      const now = runtime.clock.now();
      tx.audit({
        action: 'case',
        operation: 'reservations.finish-work-item',
        outcome: 'done',
        residents: [item.residentId],
        detail: { itemId, kind: item.kind, outcome, tries: item.tries },
      });
      if (outcome === 'unreachable') {
        const notBefore = await postponeWorkItem(tx.query, item, now);
        return ok({ itemId, state: 'open' as const, notBefore: notBefore.toISOString() });
      }
      await endWorkItem(tx, item, { outcome, now });
      return ok({ itemId, state: 'done' as const });
    });
}

import type { settleLeftOut as SettleLeftOut } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { settleItem } from '../store/left-out-store.ts';

/** Takes one off the queue, by whoever opened them there and in the same case. */
export function settleLeftOut(runtime: Runtime): Handler<typeof SettleLeftOut> {
  return async (request, context) => {
    const { grant, actor } = context;
    if (grant?.approvalId === undefined) return refuse('grant_required');
    const { caseId } = grant;
    const now = runtime.clock.now();
    return runtime.database.transaction(context.who, async (tx) => {
      const settled = await settleItem(tx.query, {
        ...request,
        caseId,
        operatorId: actor.sub,
        now,
      });
      tx.audit({
        action: settled ? 'change' : 'refusal',
        operation: 'registry.settle-left-out',
        outcome: settled ? 'done' : 'refused',
        residents: [request.residentId],
        detail: { itemId: request.itemId, handling: request.handling },
      });
      return settled ? ok({ settledAt: now.toISOString() }) : refuse('not_found');
    });
  };
}

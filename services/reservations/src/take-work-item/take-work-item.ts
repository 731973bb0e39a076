import type { takeWorkItem as TakeWorkItem } from '@madoguchi/contracts';
import { openWorkItemCase } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { giveWorkItem, putBackWorkItem } from '../store/work-item-moves.ts';
import { isDesk, lockWorkItem } from '../store/work-item-store.ts';

/** The item in the operator's hand: taken now, or still theirs from a try that broke off. */
async function take(
  tx: Transaction,
  itemId: string,
  { context, now }: { context: OperationContext; now: Date },
) {
  const { sub, role } = context.actor;
  const item = await lockWorkItem(tx.query, itemId);
  // Whoever may not see an item learns nothing of it, not even that it is there.
  if (!item || item.state === 'done' || (item.deskOnly && !isDesk(role)))
    return refuse('work_item_not_found');
  const { residentId, deskOnly } = item;
  if (item.state === 'taken')
    return item.takenBy === sub && item.caseId !== null
      ? ok({ caseId: item.caseId, residentId, deskOnly })
      : refuse('work_item_taken');
  if (item.notBefore > now && !isDesk(role))
    return refuse('work_item_too_early', { notBefore: item.notBefore.toISOString() });
  const caseId = newId();
  await giveWorkItem(tx.query, item.id, { takenBy: sub, takenAt: now, caseId });
  tx.audit({
    action: 'case',
    operation: 'reservations.take-work-item',
    outcome: 'done',
    residents: [residentId],
    detail: { itemId: item.id, caseId, kind: item.kind },
  });
  return ok({ caseId, residentId, deskOnly });
}

/**
 * Takes one item for one operator, then opens its case. The case's id is chosen here and kept with the item,
 * so that a try that broke off between the two is taken up again; without a case the item goes back.
 */
export function takeWorkItem(runtime: Runtime): Handler<typeof TakeWorkItem> {
  return async (request, context) => {
    const { itemId } = request;
    const now = runtime.clock.now();
    const taken = await runtime.database.transaction(context.who, (tx) =>
      take(tx, itemId, { context, now }),
    );
    if (!taken.ok) return taken;
    const { caseId, residentId, deskOnly } = taken.value;
    const opened = await runtime.call(
      openWorkItemCase,
      {
        caseId,
        itemId,
        operatorId: context.actor.sub,
        residents: [residentId],
        atDesk: deskOnly,
      },
      { actorToken: await runtime.ownActorToken(), correlationId: context.correlationId },
    );
    if (opened.ok) return ok({ itemId, caseId, residentId });
    await runtime.database.transaction(context.who, (tx) => putBackWorkItem(tx, { caseId }));
    return refuse('dependency_unavailable', { retryAfterMs: 1_000 });
  };
}

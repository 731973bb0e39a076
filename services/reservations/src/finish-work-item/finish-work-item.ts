import type { finishWorkItem as FinishWorkItem, RequestOf } from '@madoguchi/contracts';
import { OUTCOMES_OF, workItemFinished } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { BookingNow } from '../domain/work-item.ts';
import { afterTryInVain, outcomeHolds } from '../domain/work-item.ts';
import type { WorkItemRow } from '../store/work-item-store.ts';
import { lockWorkItem } from '../store/work-item-store.ts';

type Outcome = RequestOf<typeof FinishWorkItem>['outcome'];

async function isTrue(query: Query, item: WorkItemRow, outcome: Outcome): Promise<boolean> {
  const [booking] = await query<NonNullable<BookingNow>>(
    `SELECT r.state, r.slot_id AS "slotId", (s.closed OR coalesce(s.target_capacity < s.capacity, false)) AS "slotClosed"
     FROM reservation r JOIN slot s ON s.id = r.slot_id WHERE r.id = $1::uuid`,
    [item.reservationId],
  );
  const [since] = await query(
    `SELECT 1 FROM reservation WHERE resident_id = $1::uuid AND state = 'booked' AND booked_at >= $2 LIMIT 1`,
    [item.residentId, item.createdAt],
  );
  const { slotId } = item;
  return outcomeHolds(outcome, {
    booking: booking ?? null,
    slotId,
    bookedSince: since !== undefined,
  });
}

/** Nobody answered: the item comes back later, and after too many tries to the desk. */
async function comeBack(tx: Transaction, item: WorkItemRow, now: Date): Promise<Date> {
  const next = afterTryInVain(item.tries, now);
  await tx.query(
    `UPDATE work_item SET state = 'open', taken_by = NULL, taken_at = NULL, case_id = NULL, tries = $2,
       not_before = $3, desk_only = desk_only OR $4, version = version + 1 WHERE id = $1::uuid`,
    [item.id, next.tries, next.notBefore, next.deskOnly],
  );
  return next.notBefore;
}

async function end(tx: Transaction, item: WorkItemRow, how: { outcome: Outcome; now: Date }) {
  await tx.query(
    `UPDATE work_item SET state = 'done', outcome = $2, finished_at = $3, version = version + 1
     WHERE id = $1::uuid`,
    [item.id, how.outcome, how.now],
  );
  tx.record({
    type: workItemFinished,
    aggregateId: item.id,
    aggregateVersion: item.version + 1,
    payload: { itemId: item.id, kind: item.kind, outcome: how.outcome },
  });
}

/** Enters how the call of the case ended. Entering it twice is once. */
export function finishWorkItem(runtime: Runtime): Handler<typeof FinishWorkItem> {
  return (request, context) =>
    runtime.database.transaction(context.who, async (tx) => {
      const { itemId, outcome } = request;
      const item = await lockWorkItem(tx.query, itemId);
      if (!item || item.caseId === null || item.caseId !== context.permit?.caseId)
        return refuse('work_item_not_found');
      if (item.state === 'done') return ok({ itemId, state: 'done' as const });
      if (!OUTCOMES_OF[item.kind].includes(outcome) || !(await isTrue(tx.query, item, outcome)))
        return refuse('work_item_outcome_untrue');
      const now = runtime.clock.now();
      tx.audit({
        action: 'case',
        operation: 'reservations.finish-work-item',
        outcome: 'done',
        residents: [item.residentId],
        detail: { itemId, kind: item.kind, outcome, tries: item.tries },
      });
      if (outcome === 'unreachable') {
        const notBefore = await comeBack(tx, item, now);
        return ok({ itemId, state: 'open' as const, notBefore: notBefore.toISOString() });
      }
      await end(tx, item, { outcome, now });
      return ok({ itemId, state: 'done' as const });
    });
}

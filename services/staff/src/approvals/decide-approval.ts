import type { decideApproval as DecideApproval } from '@madoguchi/contracts';
import { approvalDecided } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { decide } from '../domain/approval.ts';
import { approvalView, keepDecision, lockApproval } from '../store/approval-store.ts';

/** The second person says yes or no; never to their own request. */
export function decideApproval(runtime: Runtime): Handler<typeof DecideApproval> {
  return async (request, context) => {
    const now = runtime.clock.now();
    if (!isSteppedUp(context.actor, now)) return refuse('step_up_required');
    return runtime.database.transaction(context.who, async (tx) => {
      const approval = await lockApproval(tx.query, request.approvalId);
      if (!approval) return refuse('approval_not_found');
      const decided = decide(approval, {
        decidedBy: context.actor.sub,
        role: context.actor.role,
        now,
      });
      tx.audit({
        action: 'approval',
        operation: 'staff.decide-approval',
        outcome: decided.ok ? 'done' : 'refused',
        detail: { approvalId: approval.id, decision: request.decision },
      });
      if (!decided.ok) return decided;
      const { decision } = request;
      await keepDecision(tx.query, {
        approvalId: approval.id,
        decision,
        decidedBy: context.actor.sub,
        at: now,
      });
      tx.record({
        type: approvalDecided,
        aggregateId: approval.id,
        aggregateVersion: 1,
        payload: {
          approvalId: approval.id,
          kind: approval.kind,
          requestedBy: approval.requestedBy,
          decidedBy: context.actor.sub,
          decision,
          expiresAt: approval.expiresAt.toISOString(),
          ...(approval.caseId === null ? {} : { caseId: approval.caseId }),
          ...(approval.selection === null ? {} : { selection: approval.selection }),
        },
      });
      const after = { ...approval, decision, decidedBy: context.actor.sub };
      return ok({ approval: approvalView(after, now) });
    });
  };
}

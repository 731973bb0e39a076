import type { requestApproval as RequestApproval } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { APPROVAL_LIFETIME_MS } from '../domain/approval.ts';
import { addRequest } from '../store/approval-store.ts';

/** Asks a second person for approval of one action in one case. */
export function requestApproval(runtime: Runtime): Handler<typeof RequestApproval> {
  return async (request, context) => {
    const now = runtime.clock.now();
    if (!isReason(request.reason)) return refuse('reason_too_short');
    if (!isSteppedUp(context.actor, now)) return refuse('step_up_required');
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, commandOf(context, 'staff.request-approval', request), async () => {
        const approvalId = newId();
        const expiresAt = new Date(now.getTime() + APPROVAL_LIFETIME_MS);
        await addRequest(tx.query, {
          id: approvalId,
          kind: request.kind,
          caseId: request.caseId ?? null,
          reason: request.reason,
          requestedBy: context.actor.sub,
          requestedAt: now,
          expiresAt,
          selection: request.selection ?? null,
        });
        tx.audit({
          action: 'approval',
          operation: 'staff.request-approval',
          outcome: 'done',
          detail: {
            approvalId,
            kind: request.kind,
            ...(request.caseId ? { caseId: request.caseId } : {}),
            ...(request.selection ? { selection: request.selection } : {}),
          },
        });
        return ok({ approvalId, expiresAt: expiresAt.toISOString() });
      }),
    );
  };
}

import type { CasePermitClaims, verifyAtDesk as VerifyAtDesk } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { notApproved, useApproval } from '../store/approval-store.ts';
import { verifyItems } from './verify-items.ts';

/** An emergency needs the approval of an emergency, and of nothing less. */
const approvalOf = (permit: CasePermitClaims) =>
  permit.kind === 'break-glass' ? 'break-glass' : 'desk-verification';

/**
 * Verification at the supervisor desk: a fresh second factor, a reason, and a second person's approval
 * of this one case. Whoever is looked for, the way is the same.
 */
export function verifyAtDesk(runtime: Runtime): Handler<typeof VerifyAtDesk> {
  return async (request, context) =>
    verifyItems(runtime, request, {
      context,
      allowed: async (tx, permit) => {
        const now = runtime.clock.now();
        if (!permit.atDesk && permit.kind !== 'break-glass') return refuse('case_required');
        if (!isSteppedUp(context.actor, now)) return refuse('step_up_required');
        if (!isReason(request.reason)) return refuse('reason_too_short');
        const approved = await useApproval(tx.query, approvalOf(permit), {
          approvalId: request.approvalId,
          caseId: permit.caseId,
          operatorId: context.actor.sub,
          now,
        });
        return approved ? ok(true) : notApproved(tx.query, request.approvalId);
      },
    });
}

import type { liftRestriction as LiftRestriction } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { notApproved, useRemovalApproval } from '../store/approval-store.ts';
import { openPerson } from '../store/restriction-store.ts';
import { announce } from './announce.ts';
import { touch } from './touch.ts';

/** Opens a record again: one person asks and gives the reason, a second one has approved it in this case. */
export function liftRestriction(runtime: Runtime): Handler<typeof LiftRestriction> {
  return async (request, context) => {
    const { residentId, approvalId, reason } = request;
    const { grant, actor } = context;
    const now = runtime.clock.now();
    if (!grant) return refuse('grant_required');
    if (!isSteppedUp(actor, now)) return refuse('step_up_required');
    if (!isReason(reason)) return refuse('reason_too_short');
    const { caseId } = grant;
    const lifted = await runtime.database.transaction(context.who, async (tx) => {
      const wanted = { approvalId, caseId, operatorId: actor.sub, now };
      const entry = { operation: 'registry.lift-restriction', residents: [residentId] };
      if (!(await useRemovalApproval(tx, wanted))) {
        tx.audit({ ...entry, action: 'refusal', outcome: 'refused' });
        return notApproved(tx.query, approvalId);
      }
      const opened = await openPerson(tx.query, runtime.config.MUNICIPALITY_CODE, residentId);
      announce(tx, opened);
      const touched = [...new Set([residentId, ...opened.map((one) => one.residentId)])];
      tx.audit({
        ...entry,
        action: 'change',
        outcome: 'done',
        residents: touched,
        detail: { reason, approvalId },
      });
      return ok(touched);
    });
    if (!lifted.ok) return lifted;
    touch(runtime, lifted.value);
    return ok({ restricted: false as const });
  };
}

import type { calleesOfCase as CalleesOfCase, RequestOf } from '@madoguchi/contracts';
import { CalleeView, isReason } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import { classesShown, isSteppedUp, project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { notApproved, useApproval } from '../store/approval-store.ts';
import { calleesById } from '../store/resident-store.ts';

const OPERATION = 'registry.callees-of-case';

type Asked = {
  request: RequestOf<typeof CalleesOfCase>;
  context: OperationContext;
  caseId: string;
  now: Date;
};

/** May protected people be named too? Not asked for: no. Asked for, only by the whole way of the desk. */
async function protectedToo(tx: Transaction, { request, context, caseId, now }: Asked) {
  const { approvalId, reason } = request;
  if (approvalId === undefined) return ok(false);
  if (!isSteppedUp(context.actor, now)) return refuse('step_up_required');
  if (!isReason(reason ?? '')) return refuse('reason_too_short');
  const operatorId = context.actor.sub;
  const given = await useApproval(tx.query, 'desk-verification', {
    approvalId,
    caseId,
    operatorId,
    now,
  });
  return given ? ok(true) : notApproved(tx.query, approvalId);
}

/** The work item names the person; this says by which name and number they are called. */
export function calleesOfCase(runtime: Runtime): Handler<typeof CalleesOfCase> {
  return async (request, context) => {
    const { permit, actor } = context;
    if (permit?.kind !== 'work-item') return refuse('case_required');
    const now = runtime.clock.now();
    const who = { ...context.who, purpose: 'outreach' as const };
    return runtime.database.transaction(who, async (tx) => {
      const asked = { request, context, caseId: permit.caseId, now };
      const whole = await protectedToo(tx, asked);
      const entry = { operation: OPERATION, purpose: 'outreach' as const };
      if (!whole.ok) {
        tx.audit({ ...entry, action: 'refusal', outcome: 'refused' });
        return whole;
      }
      const classes = runtime.policy.decideFieldClasses({
        actor,
        purpose: 'outreach',
        hasGrant: true,
        residentProtected: whole.value,
        approvedBySecondPerson: whole.value,
        now,
      });
      const people = await calleesById(tx.query, runtime.config.MUNICIPALITY_CODE, {
        ids: permit.residents ?? [],
        protectedToo: whole.value,
      });
      const callees = people.map((one) => project(CalleeView, one, classes));
      const shown = new Set(callees.flatMap((view) => classesShown(CalleeView, view)));
      tx.audit({
        ...entry,
        action: 'disclosure',
        outcome: 'done',
        residents: people.map((one) => one.residentId),
        fieldClasses: [...shown] as never,
        detail: {
          ...(request.approvalId === undefined ? {} : { approvalId: request.approvalId }),
          ...(request.reason === undefined ? {} : { reason: request.reason }),
        },
      });
      return ok({ callees });
    });
  };
}

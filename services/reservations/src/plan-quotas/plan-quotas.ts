import type { planQuotas as PlanQuotas } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { quotaFault } from '../domain/session-pattern.ts';
import { insertPlan } from '../store/quota-plan-store.ts';
import { lockSession } from '../store/session-store.ts';

const OPERATION = 'reservations.plan-quotas';

/** Plans other promises to the channels from an instant on; the job applies them then. */
export function planQuotas(runtime: Runtime): Handler<typeof PlanQuotas> {
  return async (request, context) => {
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const { sessionId, quotas, at } = request;
        const session = await lockSession(tx.query, sessionId);
        if (!session) return refuse('session_not_found');
        const fault = quotaFault(quotas, session.pattern.capacity);
        if (fault) return refuse('session_pattern_wrong', { items: [fault] });
        const planId = newId();
        // What is planned for the past holds from now on, after whatever held before.
        const now = runtime.clock.now();
        const from = new Date(at) > now ? new Date(at) : now;
        const plannedBy = context.actor.sub;
        await insertPlan(tx.query, { id: planId, sessionId, at: from, quotas, plannedBy });
        tx.audit({
          action: 'administration',
          operation: OPERATION,
          outcome: 'done',
          detail: { sessionId, planId, at, ...quotas },
        });
        return ok({ planId });
      }),
    );
  };
}

import type { confirmEmergencyClosing as ConfirmEmergencyClosing } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { decideEmergency, lockEmergency } from '../store/emergency-store.ts';

const OPERATION = 'reservations.confirm-emergency-closing';

/** A second person stands for what one person closed, or does not. Bookings and callbacks stay as they are. */
export function confirmEmergencyClosing(runtime: Runtime): Handler<typeof ConfirmEmergencyClosing> {
  return async (request, context) => {
    const { emergencyId, decision } = request;
    const now = runtime.clock.now();
    const decidedBy = context.actor.sub;
    if (!isSteppedUp(context.actor, now)) return refuse('step_up_required');
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, commandOf(context, OPERATION, request), async () => {
        const row = await lockEmergency(tx.query, emergencyId);
        if (!row) return refuse('emergency_closing_not_found');
        const own = row.closedBy === decidedBy;
        const code = own ? 'emergency_closing_own' : 'emergency_closing_decided';
        const refused = own || row.decision !== null;
        tx.audit({
          action: 'approval',
          operation: OPERATION,
          outcome: refused ? 'refused' : 'done',
          detail: { emergencyId, decision, emergency: true, late: row.confirmBy <= now },
        });
        if (refused) return refuse(code);
        await decideEmergency(tx.query, { id: emergencyId, decision, decidedBy, now });
        return ok({ emergencyId, decision });
      }),
    );
  };
}

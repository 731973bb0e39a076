import type { closeSession as CloseSession } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { closeSessions } from '../store/close-sessions.ts';
import { lockSession } from '../store/session-store.ts';

const OPERATION = 'reservations.close-session';

/** Closes a session at once; whoever is booked is called, nobody's booking is cancelled. */
export function closeSession(runtime: Runtime): Handler<typeof CloseSession> {
  return async (request, context) => {
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const { sessionId, reason } = request;
        const session = await lockSession(tx.query, sessionId);
        if (!session) return refuse('session_not_found');
        if (session.state === 'closed') return refuse('session_already_closed');
        const closed = await closeSessions(tx, [session], { reason, now: runtime.clock.now() });
        tx.audit({
          action: 'administration',
          operation: OPERATION,
          outcome: 'done',
          detail: { sessionId, reason, ...closed },
        });
        return ok(closed);
      }),
    );
  };
}

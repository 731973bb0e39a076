import type { signOut as SignOut } from '@madoguchi/contracts';
import { sessionClosed, signalSubjects } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { digestOfSecret } from '../store/digest.ts';
import { endSessions, findSession } from '../store/session-store.ts';

/** Ends the session here, in every open page and at every verifier. */
export function signOut(runtime: Runtime): Handler<typeof SignOut> {
  return async (request, context) => {
    const at = runtime.clock.now();
    const ended = await runtime.database.transaction(context.who, async (tx) => {
      const session = await findSession(tx.query, digestOfSecret(request.sessionSecret));
      if (!session) return [];
      const list = await endSessions(
        tx.query,
        { sessionId: session.id },
        { at, reason: 'signed-out' },
      );
      for (const one of list) {
        Object.assign(tx.who, { actorId: one.workerId, sessionId: one.id });
        tx.record({
          type: sessionClosed,
          aggregateId: one.id,
          aggregateVersion: 2,
          payload: { sessionId: one.id, operatorId: one.workerId, at: at.toISOString() },
        });
        tx.audit({ action: 'sign-out', operation: 'staff.sign-out', outcome: 'done' });
      }
      return list;
    });
    for (const one of ended)
      runtime.signal(signalSubjects.sessionRevoked, {
        sessionId: one.id,
        operatorId: one.workerId,
      });
    return ok({ signedOut: ended.length > 0 });
  };
}

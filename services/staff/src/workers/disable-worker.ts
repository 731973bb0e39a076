import type { disableWorker as DisableWorker } from '@madoguchi/contracts';
import { sessionClosed, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { endSessions } from '../store/session-store.ts';
import { markSuspended } from '../store/worker-store.ts';

/** Suspends a worker and ends their sessions; undefined for an unknown login. */
export async function suspendWorker(tx: Transaction, login: string, at: Date) {
  const workerId = await markSuspended(tx.query, login, at);
  if (workerId === undefined) return undefined;
  const ended = await endSessions(tx.query, { workerId }, { at, reason: 'suspended' });
  for (const session of ended)
    tx.record({
      type: sessionClosed,
      aggregateId: session.id,
      aggregateVersion: 2,
      payload: { sessionId: session.id, operatorId: workerId, at: at.toISOString() },
    });
  tx.audit({
    action: 'administration',
    operation: 'staff.disable-worker',
    outcome: 'done',
    detail: { operatorId: workerId, endedSessions: ended.length },
  });
  return { id: workerId, ended };
}

/** Suspends a worker; their sessions end at every verifier within 5 s. */
export function disableWorker(runtime: Runtime): Handler<typeof DisableWorker> {
  return async (request, context) => {
    const suspended = await runtime.database.transaction(context.who, (tx) =>
      suspendWorker(tx, request.login, runtime.clock.now()),
    );
    if (!suspended) return refuse('worker_not_found');
    for (const session of suspended.ended)
      runtime.signal(signalSubjects.sessionRevoked, {
        sessionId: session.id,
        operatorId: suspended.id,
      });
    return ok({ operatorId: suspended.id, endedSessions: suspended.ended.length });
  };
}

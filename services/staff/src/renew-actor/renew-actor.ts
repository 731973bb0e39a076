import type { renewActor as RenewActor } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { sessionExpiry, sessionLives } from '../domain/session-life.ts';
import { contractInForce, withinHours } from '../domain/working-hours.ts';
import { actorTokenOf, workerView } from '../store/actor-token.ts';
import { digestOfSecret } from '../store/digest.ts';
import { findSession, touchSession } from '../store/session-store.ts';
import { findTerminal } from '../store/terminal-store.ts';
import { getWorker } from '../store/worker-store.ts';

/** A fresh actor token: suspension, contract, hours, terminal and browser are checked again. */
export function renewActor(runtime: Runtime): Handler<typeof RenewActor> {
  return async (request, context) => {
    const now = runtime.clock.now();
    const renewed = await runtime.database.transaction(context.who, async (tx) => {
      const session = await findSession(tx.query, digestOfSecret(request.sessionSecret));
      if (!session || !sessionLives(session, now)) return refuse('unauthenticated');
      const terminal = await findTerminal(tx.query, request.terminalSecret);
      // A cookie carried to another terminal or browser is no session (B35).
      if (terminal !== session.terminalId || session.userAgentClass !== request.userAgentClass)
        return refuse('unauthenticated');
      const worker = await getWorker(tx.query, session.workerId);
      if (worker.suspended || !contractInForce(worker, now)) return refuse('unauthenticated');
      if (!withinHours(worker, now)) return refuse('outside_working_hours');
      await touchSession(tx.query, session.id, now);
      return ok({ worker, session: { ...session, lastSeenAt: now } });
    });
    if (!renewed.ok) return renewed;
    const { worker, session } = renewed.value;
    return ok({
      ...(await actorTokenOf(runtime, worker, session)),
      worker: workerView(worker, session.extension, now),
      sessionExpiresAt: sessionExpiry(session).toISOString(),
    });
  };
}

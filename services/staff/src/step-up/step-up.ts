import type { stepUp as StepUp } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { sessionLives } from '../domain/session-life.ts';
import { actorTokenOf } from '../store/actor-token.ts';
import { digestOfSecret } from '../store/digest.ts';
import { totpStepOf } from '../store/second-factor.ts';
import { findSession, markStepUp } from '../store/session-store.ts';
import { getWorker, useTotpStep } from '../store/worker-store.ts';

/** A fresh second factor; the new actor token says when it was given. */
export function stepUp(runtime: Runtime): Handler<typeof StepUp> {
  return async (request, context) => {
    const now = runtime.clock.now();
    const stepped = await runtime.database.transaction(context.who, async (tx) => {
      const session = await findSession(tx.query, digestOfSecret(request.sessionSecret));
      if (!session || !sessionLives(session, now)) return refuse('unauthenticated');
      const worker = await getWorker(tx.query, session.workerId);
      Object.assign(tx.who, { actorId: worker.id, role: worker.role, sessionId: session.id });
      const step = totpStepOf(runtime.eventKey, worker, { code: request.code, now });
      const fresh = step !== undefined && (await useTotpStep(tx.query, worker.id, step));
      tx.audit({
        action: 'step-up',
        operation: 'staff.step-up',
        outcome: fresh ? 'done' : 'refused',
      });
      if (!fresh || worker.suspended) return refuse('sign_in_refused');
      await markStepUp(tx.query, session.id, now);
      return ok({ worker, session: { ...session, stepUpAt: now } });
    });
    if (!stepped.ok) return stepped;
    return ok(await actorTokenOf(runtime, stepped.value.worker, stepped.value.session));
  };
}

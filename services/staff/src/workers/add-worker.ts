import type { addWorker as AddWorker } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { insertWorker } from '../store/insert-worker.ts';

/** Adds a worker with a one-use initial password and a code secret to enrol. */
export function addWorker(runtime: Runtime): Handler<typeof AddWorker> {
  return async (request, context) => {
    if (!isSteppedUp(context.actor, runtime.clock.now())) return refuse('step_up_required');
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, commandOf(context, 'staff.add-worker', request), () =>
        insertWorker(tx, runtime.eventKey, request),
      ),
    );
  };
}

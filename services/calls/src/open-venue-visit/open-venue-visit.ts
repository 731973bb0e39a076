import type { openVenueVisit as OpenVenueVisit } from '@madoguchi/contracts';
import { caseOpened, signalSubjects } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { worksAt } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { insertCase } from '../store/case-store.ts';

const OPERATION = 'calls.open-venue-visit';

/** Opens the case in which visitors of a venue's day are served, by who works there. */
export function openVenueVisit(runtime: Runtime): Handler<typeof OpenVenueVisit> {
  return async (request, context) => {
    const operatorId = context.actor.sub;
    if (!worksAt(context.actor, request.venueCode)) {
      await runtime.database.transaction(context.who, async (tx) =>
        tx.audit({
          action: 'case',
          operation: OPERATION,
          outcome: 'refused',
          detail: { venueCode: request.venueCode },
        }),
      );
      return refuse('not_at_this_venue');
    }
    const command = commandOf(context, OPERATION, request);
    const opened = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const caseId = newId();
        const openedAt = runtime.clock.now();
        const kind = 'venue-visit' as const;
        await insertCase(tx.query, { id: caseId, kind, state: 'open', operatorId, openedAt });
        tx.record({
          type: caseOpened,
          aggregateId: caseId,
          aggregateVersion: 1,
          payload: { caseId, kind, operatorId },
        });
        tx.audit({
          action: 'case',
          operation: OPERATION,
          outcome: 'done',
          detail: { caseId, venueCode: request.venueCode },
        });
        return ok({ caseId });
      }),
    );
    if (opened.ok)
      runtime.signal(signalSubjects.operatorCase(operatorId), {
        caseId: opened.value.caseId,
        version: 1,
      });
    return opened;
  };
}

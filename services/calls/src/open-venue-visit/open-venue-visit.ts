import type { openVenueVisit as OpenVenueVisit } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf, refusedElsewhere } from '@madoguchi/service';
import { beginCase } from '../store/case-store.ts';

const OPERATION = 'calls.open-venue-visit';

/** Opens the case in which visitors of a venue's day are served, by who works there. */
export function openVenueVisit(runtime: Runtime): Handler<typeof OpenVenueVisit> {
  return async (request, context) => {
    const operatorId = context.actor.sub;
    const { venueCode } = request;
    const elsewhere = await refusedElsewhere(runtime, context, { operation: OPERATION, venueCode });
    if (elsewhere) return elsewhere;
    const command = commandOf(context, OPERATION, request);
    const opened = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const caseId = newId();
        await beginCase(tx, {
          id: caseId,
          kind: 'venue-visit',
          state: 'open',
          operatorId,
          openedAt: runtime.clock.now(),
        });
        tx.audit({
          action: 'case',
          operation: OPERATION,
          outcome: 'done',
          detail: { caseId, venueCode },
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

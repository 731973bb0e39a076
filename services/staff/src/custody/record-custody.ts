import type { recordCustody as RecordCustody } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { addCustodyEntry } from '../store/custody-ledger.ts';

/** Enters one hand-over into the custody ledger (受払簿). */
export function recordCustody(runtime: Runtime): Handler<typeof RecordCustody> {
  return (request, context) =>
    runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, commandOf(context, 'staff.record-custody', request), async () => {
        const entryId = newId();
        const at = runtime.clock.now();
        await addCustodyEntry(tx.query, {
          id: entryId,
          at,
          enteredBy: context.actor.sub,
          handOver: request,
        });
        tx.audit({
          action: 'custody',
          operation: 'staff.record-custody',
          outcome: 'done',
          detail: { entryId, direction: request.direction, records: request.records },
        });
        return ok({ entryId, at: at.toISOString() });
      }),
    );
}

import type { recordCustody as RecordCustody } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';

/** Enters one hand-over into the custody ledger (受払簿). */
export function recordCustody(runtime: Runtime): Handler<typeof RecordCustody> {
  return (request, context) =>
    runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, commandOf(context, 'staff.record-custody', request), async () => {
        const entryId = newId();
        const at = runtime.clock.now();
        await tx.query(
          `INSERT INTO custody_entry (id, at, entered_by, direction, what, records, medium, from_party, to_party, purpose)
             VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, $7, $8, $9, $10)`,
          [
            entryId,
            at,
            context.actor.sub,
            request.direction,
            request.what,
            request.records,
            request.medium,
            request.from,
            request.to,
            request.purpose ?? null,
          ],
        );
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

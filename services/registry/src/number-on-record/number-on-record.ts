import type { numberOnRecord as NumberOnRecord } from '@madoguchi/contracts';
import { ok, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { numberIsOnRecord } from '../store/resident-store.ts';

/** Whether the calling number of a case is on record; protected persons do not count. */
export function numberOnRecord(runtime: Runtime): Handler<typeof NumberOnRecord> {
  return async (_request, context) => {
    const digest = context.permit?.callerNumberDigest;
    const scope = {
      municipalityCode: runtime.config.MUNICIPALITY_CODE,
      today: tokyoDate(runtime.clock.now()),
    };
    const onRecord = await runtime.database.transaction(context.who, async (tx) => {
      const found = digest !== undefined && (await numberIsOnRecord(tx.query, scope, digest));
      tx.audit({
        action: 'search',
        operation: 'registry.number-on-record',
        outcome: 'done',
        detail: { by: ['telephone'], withheld: digest === undefined, onRecord: found },
      });
      return found;
    });
    return ok({ onRecord });
  };
}

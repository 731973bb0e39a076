import type { listLeftOut as ListLeftOut } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { waitingLeftOut } from '../store/left-out-store.ts';

/** As many as a screen can list. */
const PAGE = 200;

/** Who waits to be served by hand. Whoever they are stays closed until the desk opens them. */
export function listLeftOut(runtime: Runtime): Handler<typeof ListLeftOut> {
  return async (_request, context) =>
    runtime.database.transaction(context.who, async (tx) => {
      const { MUNICIPALITY_CODE: municipalityCode } = runtime.config;
      const { items, waiting } = await waitingLeftOut(tx.query, municipalityCode, PAGE);
      tx.audit({
        action: 'search',
        operation: 'registry.list-left-out',
        outcome: 'done',
        detail: { waiting },
      });
      return ok({
        waiting,
        items: items.map((item) => ({
          itemId: item.itemId,
          runId: item.runId,
          setAsideAt: item.setAsideAt.toISOString(),
          ...(item.openedInCase === null ? {} : { openedInCase: item.openedInCase }),
          ...(item.openedBy === null ? {} : { openedBy: item.openedBy }),
        })),
      });
    });
}

import type { releaseWorkItem as ReleaseWorkItem } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { putBackWorkItem } from '../store/work-item-moves.ts';
import { isDesk } from '../store/work-item-store.ts';

/** Gives an item back without an outcome: its own operator, or the desk for one who went home. */
export function releaseWorkItem(runtime: Runtime): Handler<typeof ReleaseWorkItem> {
  return async (request, context) => {
    const { sub, role } = context.actor;
    const takenBy = isDesk(role) ? undefined : sub;
    const itemId = await runtime.database.transaction(context.who, (tx) =>
      putBackWorkItem(tx, { itemId: request.itemId, takenBy }),
    );
    return itemId === undefined ? refuse('work_item_not_found') : ok({ itemId });
  };
}

import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { TAKEN_AT_MOST_MS } from '../domain/work-item.ts';
import { itemsLeftLying, putBackWorkItem } from '../store/work-item-moves.ts';

/** The job: items that somebody took and left lying go back on the list. */
export const releaseAbandoned = (runtime: Runtime) => async (): Promise<void> => {
  const since = new Date(runtime.clock.now().getTime() - TAKEN_AT_MOST_MS);
  for (const itemId of await itemsLeftLying(runtime.database.read, since))
    await runtime.database.transaction(itself(runtime), (tx) =>
      putBackWorkItem(tx, { itemId, takenBy: undefined }),
    );
};

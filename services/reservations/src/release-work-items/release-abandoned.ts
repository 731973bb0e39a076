import { newId } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { TAKEN_AT_MOST_MS } from '../domain/work-item.ts';
import { putBackWorkItem } from '../store/work-item-store.ts';

/** The job: items that somebody took and left lying go back on the list. */
export const releaseAbandoned = (runtime: Runtime) => async (): Promise<void> => {
  const since = new Date(runtime.clock.now().getTime() - TAKEN_AT_MOST_MS);
  const left = await runtime.database.read<{ id: string }>(
    `SELECT id FROM work_item WHERE state = 'taken' AND taken_at < $1 ORDER BY taken_at LIMIT 200`,
    [since],
  );
  for (const { id } of left)
    await runtime.database.transaction(
      {
        municipalityCode: runtime.config.MUNICIPALITY_CODE,
        actorId: 'reservations',
        role: 'service',
        correlationId: newId(),
      },
      (tx) => putBackWorkItem(tx, { itemId: id, takenBy: undefined }),
    );
};

import type { Transaction } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { noLongerOver, slotsToRecount } from '../store/people-to-call.ts';
import { settledOtherwise, settleWorkItems as settle } from '../store/work-item-store.ts';

async function end(
  tx: Transaction,
  itemIds: readonly string[],
  how: { outcome: string; now: Date },
) {
  const items = await settle(tx, { itemIds }, how);
  tx.audit({
    action: 'case',
    operation: 'reservations.settle-work-items',
    outcome: 'done',
    detail: { items, as: how.outcome },
  });
}

/**
 * The job: people who moved or cancelled by themselves, or for whom others made way, need no call any more.
 * Only items in nobody's hand; whoever talks with somebody enters the outcome.
 */
export const settleWorkItems = (runtime: Runtime) => async (): Promise<void> => {
  const now = runtime.clock.now();
  const { database } = runtime;
  const who = itself(runtime);
  await database.transaction(who, async (tx) => {
    const gone = await settledOtherwise(tx.query);
    if (gone.length > 0) await end(tx, gone, { outcome: 'settled-otherwise', now });
  });
  const slotIds = await slotsToRecount(database.read);
  if (slotIds.length > 0)
    await database.transaction(who, async (tx) => {
      const spared = await noLongerOver(tx.query, slotIds);
      if (spared.length > 0) await end(tx, spared, { outcome: 'seat-kept', now });
    });
};

import { newId } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { settledOtherwise, settleWorkItems as settle } from '../store/work-item-store.ts';

/**
 * The job: people who moved or cancelled their booking by themselves need no call about it any more. Only
 * items in nobody's hand; whoever talks with somebody enters the outcome.
 */
export const settleWorkItems = (runtime: Runtime) => async (): Promise<void> => {
  const now = runtime.clock.now();
  const found = await settledOtherwise(runtime.database.read);
  if (found.length === 0) return;
  const who = {
    municipalityCode: runtime.config.MUNICIPALITY_CODE,
    actorId: 'reservations',
    role: 'service' as const,
    correlationId: newId(),
  };
  await runtime.database.transaction(who, async (tx) => {
    const ended = await settle(tx, { itemIds: found }, { outcome: 'settled-otherwise', now });
    tx.audit({
      action: 'case',
      operation: 'reservations.settle-work-items',
      outcome: 'done',
      detail: { items: ended },
    });
  });
};

import type { Transaction } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { giveBackHolds } from '../store/give-back.ts';
import { lockHolds } from '../store/hold-store.ts';

type Which = { caseId: string } | { expiredAt: Date };

/** Ends holds by the case or by the clock; a seat comes back exactly once. */
export async function endHoldsIn(tx: Transaction, which: Which, now: Date): Promise<void> {
  const holds = await lockHolds(tx.query, which);
  await giveBackHolds(tx, holds, { now, takenAgain: [] });
  for (const hold of holds) {
    tx.audit({
      action: 'change',
      operation: 'reservations.expire-holds',
      outcome: 'done',
      residents: [hold.residentId],
      detail: { holdId: hold.id, caseId: hold.caseId },
    });
  }
}

/** The same in a transaction of its own. */
export async function endHolds(runtime: Runtime, which: Which): Promise<void> {
  const who = itself(runtime);
  await runtime.database.transaction(who, (tx) => endHoldsIn(tx, which, runtime.clock.now()));
}

/** The job: holds whose time has run out. */
export const expireHolds = (runtime: Runtime) => async (): Promise<void> => {
  await endHolds(runtime, { expiredAt: runtime.clock.now() });
};

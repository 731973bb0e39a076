import { newId } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { endHold, lockHolds } from '../store/hold-store.ts';

/** Ends holds by the case or by the clock; a seat comes back exactly once. */
export async function endHolds(
  runtime: Runtime,
  which: { caseId: string } | { expiredAt: Date },
): Promise<number> {
  const who = {
    municipalityCode: runtime.config.MUNICIPALITY_CODE,
    actorId: 'reservations',
    role: 'service' as const,
    correlationId: newId(),
  };
  return runtime.database.transaction(who, async (tx) => {
    const holds = await lockHolds(tx.query, which);
    for (const hold of holds) {
      await endHold(tx.query, hold);
      tx.audit({
        action: 'change',
        operation: 'reservations.expire-holds',
        outcome: 'done',
        residents: [hold.residentId],
        detail: { holdId: hold.id, caseId: hold.caseId },
      });
    }
    return holds.length;
  });
}

/** The job: holds whose time has run out. */
export const expireHolds = (runtime: Runtime) => async (): Promise<void> => {
  await endHolds(runtime, { expiredAt: runtime.clock.now() });
};

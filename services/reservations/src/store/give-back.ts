import type { Transaction } from '@madoguchi/database';
import { countedFor } from '../domain/budget-subjects.ts';
import { countUses } from './budget-store.ts';
import type { HoldRow } from './hold-store.ts';
import { endHold } from './hold-store.ts';

/**
 * Ends holds that nothing was booked of: their seats come back, and it counts as a seat given back unused.
 * @param given.takenAgain slots of which a seat is taken in the same transaction: it does not come free
 */
export async function giveBackHolds(
  tx: Transaction,
  holds: readonly HoldRow[],
  given: { now: Date; takenAgain: readonly string[] },
): Promise<void> {
  const { now, takenAgain } = given;
  for (const hold of holds) await endHold(tx.query, hold, takenAgain.includes(hold.slotId));
  const counted = holds.flatMap(({ caseId, residentId, heldBy }) =>
    countedFor({ caseId, residentIds: [residentId], actorId: heldBy }),
  );
  await countUses(tx, 'hoarding', { counted, now });
}

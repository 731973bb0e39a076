import type { Transaction } from '@madoguchi/database';
import { countedFor } from '../domain/budget-subjects.ts';
import { countUses } from './budget-store.ts';
import type { HoldRow } from './hold-store.ts';
import { endHold } from './hold-store.ts';

/** Ends holds that nothing was booked of: their seats come back, and it counts as a seat given back unused. */
export async function giveBackHolds(
  tx: Transaction,
  holds: readonly HoldRow[],
  now: Date,
): Promise<void> {
  for (const hold of holds) await endHold(tx.query, hold);
  const counted = holds.flatMap(({ caseId, residentId, heldBy }) =>
    countedFor({ caseId, residentIds: [residentId], actorId: heldBy }),
  );
  await countUses(tx, 'hoarding', { counted, now });
}

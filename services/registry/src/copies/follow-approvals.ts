import type { approvalDecided } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepDecision } from '../store/approval-store.ts';

/** Keeps the copy of what a second person decided. */
export async function followApprovals(
  event: ReceivedEvent<typeof approvalDecided>,
  tx: Transaction,
): Promise<void> {
  await keepDecision(tx.query, event.payload);
}

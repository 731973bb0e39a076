import type { approvalDecided } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepApproval } from '../store/session-change-store.ts';

/** Keeps what a second person said about changes of sessions; other approvals are none of ours. */
export async function followApprovals(
  { payload }: ReceivedEvent<typeof approvalDecided>,
  tx: Transaction,
): Promise<void> {
  const { kind, selection } = payload;
  if (kind !== 'session-change' || selection === undefined) return;
  await keepApproval(tx.query, { ...payload, selection });
}

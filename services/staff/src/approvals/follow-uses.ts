import type { approvalUses } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepUse } from '../store/approval-store.ts';

/** Keeps that what can be done once was done, as the service that did it tells. */
export async function followUses(
  { payload }: ReceivedEvent<(typeof approvalUses)[number]>,
  tx: Transaction,
): Promise<void> {
  await keepUse(tx.query, payload);
}

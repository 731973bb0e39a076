import type { residentVerified } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { noteServed } from '../store/served-residents.ts';

/** Notes whom a case served, so that it can be found as an earlier case. */
export async function followVerifications(
  event: ReceivedEvent<typeof residentVerified>,
  tx: Transaction,
): Promise<void> {
  await noteServed(tx.query, event.payload.caseId, event.payload.residentId);
}

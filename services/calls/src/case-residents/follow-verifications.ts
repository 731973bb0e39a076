import type { residentVerified } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';

/** Notes whom a case served, so that it can be found as an earlier case. */
export async function followVerifications(
  event: ReceivedEvent<typeof residentVerified>,
  tx: Transaction,
): Promise<void> {
  await tx.query(
    `INSERT INTO case_resident (case_id, resident_id)
     SELECT id, $2::uuid FROM case_record WHERE id = $1::uuid ON CONFLICT DO NOTHING`,
    [event.payload.caseId, event.payload.residentId],
  );
}

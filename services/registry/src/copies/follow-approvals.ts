import type { approvalDecided } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';

/** Keeps the copy of what a second person decided. */
export async function followApprovals(
  event: ReceivedEvent<typeof approvalDecided>,
  tx: Transaction,
): Promise<void> {
  const { payload } = event;
  await tx.query(
    `INSERT INTO approval_copy (approval_id, kind, case_id, requested_by, decision, expires_at, selection)
     VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      payload.approvalId,
      payload.kind,
      payload.caseId ?? null,
      payload.requestedBy,
      payload.decision,
      payload.expiresAt,
      payload.selection ?? null,
    ],
  );
}

import type { Query } from '@madoguchi/database';

export type ApprovedFor = { approvalId: string; caseId: string; operatorId: string; now: Date };

/**
 * Takes a second person's approval of this one case; good for several tries of it within its time, by
 * the one who asked for it. False where there is none.
 */
export async function useApproval(
  query: Query,
  kind: 'desk-verification' | 'break-glass',
  wanted: ApprovedFor,
): Promise<boolean> {
  const rows = await query(
    `UPDATE approval_copy SET used_at = COALESCE(used_at, $4)
     WHERE approval_id = $1::uuid AND case_id = $2::uuid AND requested_by = $3
       AND kind = $5 AND decision = 'approved' AND expires_at > $4
     RETURNING approval_id`,
    [wanted.approvalId, wanted.caseId, wanted.operatorId, wanted.now, kind],
  );
  return rows.length === 1;
}

/** Takes a second person's approval to lift a restriction in this case: once, by the one who asked for it. */
export async function useRemovalApproval(query: Query, wanted: ApprovedFor): Promise<boolean> {
  const rows = await query(
    `UPDATE approval_copy SET used_at = $4
     WHERE approval_id = $1::uuid AND case_id = $2::uuid AND requested_by = $3
       AND kind = 'restriction-removal' AND decision = 'approved' AND expires_at > $4 AND used_at IS NULL
     RETURNING approval_id`,
    [wanted.approvalId, wanted.caseId, wanted.operatorId, wanted.now],
  );
  return rows.length === 1;
}

/** Takes a second person's approval of one bulk file: once. */
export async function useExportApproval(
  query: Query,
  wanted: Pick<ApprovedFor, 'approvalId' | 'now'>,
): Promise<boolean> {
  const rows = await query(
    `UPDATE approval_copy SET used_at = $2
     WHERE approval_id = $1::uuid AND kind = 'export' AND decision = 'approved'
       AND expires_at > $2 AND used_at IS NULL
     RETURNING approval_id`,
    [wanted.approvalId, wanted.now],
  );
  return rows.length === 1;
}

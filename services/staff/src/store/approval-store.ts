import type { Query } from '@madoguchi/database';
import type { Approval } from '../domain/approval.ts';
import { approvalState } from '../domain/approval.ts';

export type ApprovalRow = Approval & {
  id: string;
  caseId: string | null;
  selection: string | null;
  reason: string;
  requestedByName: string;
  requestedAt: Date;
  decidedBy: string | null;
};

export const APPROVAL = /* sql */ `
SELECT a.id, a.kind, a.case_id AS "caseId", a.selection, a.reason, a.requested_by AS "requestedBy",
  w.display_name AS "requestedByName", a.requested_at AS "requestedAt", a.expires_at AS "expiresAt",
  a.decided_by AS "decidedBy", a.decision
FROM approval a JOIN worker w ON w.id = a.requested_by`;

export async function lockApproval(query: Query, id: string): Promise<ApprovalRow | undefined> {
  const rows = await query<ApprovalRow>(`${APPROVAL} WHERE a.id = $1::uuid FOR UPDATE OF a`, [id]);
  return rows[0];
}

export function approvalView(row: ApprovalRow, now: Date) {
  return {
    approvalId: row.id,
    kind: row.kind,
    reason: row.reason,
    requestedBy: row.requestedBy,
    requestedByName: row.requestedByName,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    state: approvalState(row, now),
    ...(row.caseId === null ? {} : { caseId: row.caseId }),
    ...(row.selection === null ? {} : { selection: row.selection }),
    ...(row.decidedBy === null ? {} : { decidedBy: row.decidedBy }),
  };
}

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

const APPROVAL = /* sql */ `
SELECT a.id, a.kind, a.case_id AS "caseId", a.selection, a.reason, a.requested_by AS "requestedBy",
  w.display_name AS "requestedByName", a.requested_at AS "requestedAt", a.expires_at AS "expiresAt",
  a.decided_by AS "decidedBy", a.decision, a.used_at AS "usedAt"
FROM approval a JOIN worker w ON w.id = a.requested_by`;

export async function lockApproval(query: Query, id: string): Promise<ApprovalRow | undefined> {
  const rows = await query<ApprovalRow>(`${APPROVAL} WHERE a.id = $1::uuid FOR UPDATE OF a`, [id]);
  return rows[0];
}

/** Requests later than an instant, newest first; those of one person, or all. */
export const approvalsSince = (
  query: Query,
  wanted: { since: Date; requestedBy?: string },
): Promise<ApprovalRow[]> =>
  query<ApprovalRow>(
    `${APPROVAL} WHERE a.requested_at > $1 AND ($2::uuid IS NULL OR a.requested_by = $2::uuid)
     ORDER BY a.requested_at DESC LIMIT 100`,
    [wanted.since, wanted.requestedBy ?? null],
  );

type NewRequest = Pick<
  ApprovalRow,
  'id' | 'kind' | 'caseId' | 'reason' | 'requestedBy' | 'requestedAt' | 'expiresAt' | 'selection'
>;

export async function addRequest(query: Query, request: NewRequest): Promise<void> {
  await query(
    `INSERT INTO approval (id, kind, case_id, reason, requested_by, requested_at, expires_at, selection)
     VALUES ($1::uuid, $2, $3::uuid, $4, $5::uuid, $6, $7, $8)`,
    [
      request.id,
      request.kind,
      request.caseId,
      request.reason,
      request.requestedBy,
      request.requestedAt,
      request.expiresAt,
      request.selection,
    ],
  );
}

export type Decision = {
  approvalId: string;
  decision: 'approved' | 'rejected';
  decidedBy: string;
  at: Date;
};

export async function keepDecision(query: Query, decided: Decision): Promise<void> {
  await query(
    `UPDATE approval SET decided_by = $2::uuid, decided_at = $3, decision = $4 WHERE id = $1::uuid`,
    [decided.approvalId, decided.decidedBy, decided.at, decided.decision],
  );
}

/** Keeps when an approval was used; the first time stays. */
export async function keepUse(query: Query, used: { approvalId: string; usedAt: string }) {
  await query('UPDATE approval SET used_at = COALESCE(used_at, $2) WHERE id = $1::uuid', [
    used.approvalId,
    used.usedAt,
  ]);
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
    ...(row.usedAt === null ? {} : { usedAt: row.usedAt.toISOString() }),
  };
}

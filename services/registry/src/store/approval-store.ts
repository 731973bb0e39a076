import type { approvalDecided, PayloadOf } from '@madoguchi/contracts';
import { approvalUsedByRegistry } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import type { Refusal } from '@madoguchi/kernel';
import { refuse } from '@madoguchi/kernel';

/** What staff tells is a moment behind the second person's yes. */
const HERE_SOON_MS = 1_000;

/** Keeps the copy of what a second person decided. */
export async function keepDecision(
  query: Query,
  decided: PayloadOf<typeof approvalDecided>,
): Promise<void> {
  await query(
    `INSERT INTO approval_copy (approval_id, kind, case_id, requested_by, decision, expires_at, selection)
     VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      decided.approvalId,
      decided.kind,
      decided.caseId ?? null,
      decided.requestedBy,
      decided.decision,
      decided.expiresAt,
      decided.selection ?? null,
    ],
  );
}

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

/** Tells staff of it, whose list says what became of an approval. */
function recordUse(tx: Transaction, { approvalId, now }: Pick<ApprovedFor, 'approvalId' | 'now'>) {
  tx.record({
    type: approvalUsedByRegistry,
    aggregateId: approvalId,
    aggregateVersion: 1,
    payload: { approvalId, usedAt: now.toISOString() },
  });
}

/** Takes a second person's approval to lift a restriction in this case: once, by the one who asked for it. */
export async function useRemovalApproval(tx: Transaction, wanted: ApprovedFor): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE approval_copy SET used_at = $4
     WHERE approval_id = $1::uuid AND case_id = $2::uuid AND requested_by = $3
       AND kind = 'restriction-removal' AND decision = 'approved' AND expires_at > $4 AND used_at IS NULL
     RETURNING approval_id`,
    [wanted.approvalId, wanted.caseId, wanted.operatorId, wanted.now],
  );
  if (rows.length === 1) recordUse(tx, wanted);
  return rows.length === 1;
}

/** Takes a second person's approval of exactly this bulk file or run of papers: once. */
export async function useExportApproval(
  tx: Transaction,
  wanted: Pick<ApprovedFor, 'approvalId' | 'now'> & { selection: string },
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE approval_copy SET used_at = $2
     WHERE approval_id = $1::uuid AND kind = 'export' AND decision = 'approved'
       AND expires_at > $2 AND used_at IS NULL AND selection = $3
     RETURNING approval_id`,
    [wanted.approvalId, wanted.now, wanted.selection],
  );
  if (rows.length === 1) recordUse(tx, wanted);
  return rows.length === 1;
}

export type SelectionWanted = {
  approvalId: string;
  selection: string;
  /** Several messages of one run use it once. */
  runId: string;
  /** Who asked for it must be who uses it. Absent where the administrator runs a command. */
  requestedBy?: string;
  now: Date;
};

/** Takes a second person's approval of exactly this selection, for one run. */
export async function useSelectionApproval(
  query: Query,
  wanted: SelectionWanted,
): Promise<boolean> {
  const rows = await query(
    `UPDATE approval_copy SET used_at = COALESCE(used_at, $4), used_by_run = $3::uuid
     WHERE approval_id = $1::uuid AND kind = 'export' AND decision = 'approved' AND selection = $2
       AND expires_at > $4 AND COALESCE(used_by_run, $3::uuid) = $3::uuid
       AND ($5::text IS NULL OR requested_by = $5)
     RETURNING approval_id`,
    [wanted.approvalId, wanted.selection, wanted.runId, wanted.now, wanted.requestedBy ?? null],
  );
  return rows.length === 1;
}

export type NotApproved = Refusal<'approval_required' | 'approval_not_here_yet'>;

/**
 * Why an approval was not taken: nothing was heard of it yet, which passes by itself when it was given just
 * now; or it is not good for this.
 */
export async function notApproved(
  query: Query,
  approvalId: string,
): Promise<{ ok: false; refusal: NotApproved }> {
  const [heard] = await query('SELECT 1 FROM approval_copy WHERE approval_id = $1::uuid', [
    approvalId,
  ]);
  return heard
    ? refuse('approval_required')
    : refuse('approval_not_here_yet', { retryAfterMs: HERE_SOON_MS });
}

import { approvalUsedByReservations } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import type { Approval, ProposedChange } from '../domain/judge-approval.ts';

export type ChangeRow = ProposedChange & {
  proposedBy: string;
  proposedAt: Date;
  doneAt: Date | null;
};

/** Writes a proposal down, as it can be approved. */
export async function insertChange(query: Query, row: Omit<ChangeRow, 'doneAt'>): Promise<void> {
  await query(
    `INSERT INTO session_change (id, change, sessions, people, proposed_by, proposed_at)
     VALUES ($1::uuid, $2::jsonb, $3::jsonb, $4, $5, $6)`,
    [
      row.id,
      JSON.stringify(row.change),
      JSON.stringify(row.sessions),
      row.people,
      row.proposedBy,
      row.proposedAt,
    ],
  );
}

export async function findChange(query: Query, id: string): Promise<ChangeRow | undefined> {
  const [row] = await query<ChangeRow>(
    `SELECT id, change, sessions, people, proposed_by AS "proposedBy", proposed_at AS "proposedAt",
       done_at AS "doneAt" FROM session_change WHERE id = $1::uuid`,
    [id],
  );
  return row;
}

/** What a second person said, locked, so that it is used once; undefined while it has not arrived. */
export async function lockApproval(query: Query, id: string): Promise<Approval | undefined> {
  const [row] = await query<Approval>(
    `SELECT selection, requested_by AS "requestedBy", decided_by AS "decidedBy", decision,
       expires_at AS "expiresAt", used_at AS "usedAt"
     FROM approval_copy WHERE approval_id = $1::uuid FOR UPDATE`,
    [id],
  );
  return row;
}

/** Uses it up for the change that it is of, and tells staff so, whose list says what became of it. */
export async function useApproval(
  tx: Transaction,
  used: { approvalId: string; changeId: string; now: Date },
): Promise<void> {
  const { approvalId, now } = used;
  await tx.query('UPDATE approval_copy SET used_at = $2 WHERE approval_id = $1::uuid', [
    approvalId,
    now,
  ]);
  tx.record({
    type: approvalUsedByReservations,
    aggregateId: approvalId,
    aggregateVersion: 1,
    payload: { approvalId, usedAt: now.toISOString() },
  });
  await tx.query('UPDATE session_change SET done_at = $2 WHERE id = $1::uuid', [
    used.changeId,
    now,
  ]);
}

/** Keeps what a second person decided; what came before stays. */
export async function keepApproval(
  query: Query,
  approval: Omit<Approval, 'usedAt' | 'expiresAt'> & { approvalId: string; expiresAt: string },
): Promise<void> {
  await query(
    `INSERT INTO approval_copy (approval_id, selection, requested_by, decided_by, decision, expires_at)
     VALUES ($1::uuid, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [
      approval.approvalId,
      approval.selection,
      approval.requestedBy,
      approval.decidedBy,
      approval.decision,
      approval.expiresAt,
    ],
  );
}

import type { EMERGENCY_DECISIONS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

export type EmergencyDecision = (typeof EMERGENCY_DECISIONS)[number];

export type EmergencyRow = {
  id: string;
  sessionIds: string[];
  reason: string;
  explanation: string;
  people: number;
  closedBy: string;
  closedAt: Date;
  confirmBy: Date;
  decision: EmergencyDecision | null;
  decidedBy: string | null;
};

const EMERGENCY = /* sql */ `
SELECT id, session_ids AS "sessionIds", reason, explanation, people, closed_by AS "closedBy",
  closed_at AS "closedAt", confirm_by AS "confirmBy", decision, decided_by AS "decidedBy"
FROM emergency_closing`;

export async function insertEmergency(
  query: Query,
  row: Omit<EmergencyRow, 'decision' | 'decidedBy'>,
): Promise<void> {
  await query(
    `INSERT INTO emergency_closing (id, session_ids, reason, explanation, people, closed_by, closed_at, confirm_by)
     VALUES ($1::uuid, $2::uuid[], $3, $4, $5, $6, $7, $8)`,
    [
      row.id,
      row.sessionIds,
      row.reason,
      row.explanation,
      row.people,
      row.closedBy,
      row.closedAt,
      row.confirmBy,
    ],
  );
}

/** What nobody has confirmed, the oldest first, then what was decided from an instant on. */
export async function emergencies(query: Query, decidedFrom: Date): Promise<EmergencyRow[]> {
  return query<EmergencyRow>(
    `${EMERGENCY} WHERE decided_at IS NULL OR decided_at >= $1
     ORDER BY decided_at NULLS FIRST, closed_at, id LIMIT 100`,
    [decidedFrom],
  );
}

export async function lockEmergency(query: Query, id: string): Promise<EmergencyRow | undefined> {
  const [row] = await query<EmergencyRow>(`${EMERGENCY} WHERE id = $1::uuid FOR UPDATE`, [id]);
  return row;
}

export async function decideEmergency(
  query: Query,
  decided: { id: string; decision: EmergencyDecision; decidedBy: string; now: Date },
): Promise<void> {
  await query(
    `UPDATE emergency_closing SET decision = $2, decided_by = $3, decided_at = $4 WHERE id = $1::uuid`,
    [decided.id, decided.decision, decided.decidedBy, decided.now],
  );
}

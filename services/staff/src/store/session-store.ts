import type { Query } from '@madoguchi/database';

export type SessionRow = {
  id: string;
  workerId: string;
  terminalId: string;
  extension: string | null;
  userAgentClass: string;
  openedAt: Date;
  lastSeenAt: Date;
  stepUpAt: Date | null;
  endedAt: Date | null;
};

const SESSION = /* sql */ `
SELECT id, worker_id AS "workerId", terminal_id AS "terminalId", extension,
  user_agent_class AS "userAgentClass", opened_at AS "openedAt", last_seen_at AS "lastSeenAt",
  step_up_at AS "stepUpAt", ended_at AS "endedAt"
FROM session`;

export async function findSession(
  query: Query,
  secretDigest: string,
): Promise<SessionRow | undefined> {
  const rows = await query<SessionRow>(`${SESSION} WHERE secret_digest = $1 FOR UPDATE`, [
    secretDigest,
  ]);
  return rows[0];
}

export async function openSession(
  query: Query,
  session: Omit<SessionRow, 'stepUpAt' | 'endedAt' | 'lastSeenAt'> & { secretDigest: string },
): Promise<void> {
  await query(
    `INSERT INTO session (id, secret_digest, worker_id, terminal_id, extension, user_agent_class, opened_at, last_seen_at)
     VALUES ($1::uuid, $2, $3::uuid, $4::uuid, $5, $6, $7, $7)`,
    [
      session.id,
      session.secretDigest,
      session.workerId,
      session.terminalId,
      session.extension,
      session.userAgentClass,
      session.openedAt,
    ],
  );
}

/** Ends the live sessions of a worker, or those at an extension; says which. */
export async function endSessions(
  query: Query,
  where: { workerId: string } | { sessionId: string },
  end: { at: Date; reason: string },
): Promise<{ id: string; workerId: string }[]> {
  const [column, value] =
    'workerId' in where ? ['worker_id', where.workerId] : ['id', where.sessionId];
  return query(
    `UPDATE session SET ended_at = $2, end_reason = $3
     WHERE ${column} = $1::uuid AND ended_at IS NULL RETURNING id, worker_id AS "workerId"`,
    [value, end.at, end.reason],
  );
}

export async function touchSession(query: Query, id: string, at: Date): Promise<void> {
  await query(`UPDATE session SET last_seen_at = $2 WHERE id = $1::uuid`, [id, at]);
}

export async function markStepUp(query: Query, id: string, at: Date): Promise<void> {
  await query(`UPDATE session SET step_up_at = $2 WHERE id = $1::uuid`, [id, at]);
}

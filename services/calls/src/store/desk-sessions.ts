import type { Query } from '@madoguchi/database';

export type DeskSession = {
  sessionId: string;
  operatorId: string;
  extension?: string | undefined;
  at: string;
};

/** Copy of who sits at which extension. */
export async function keepSession(query: Query, session: DeskSession): Promise<void> {
  await query(
    `INSERT INTO desk_session (session_id, operator_id, extension, opened_at)
     VALUES ($1::uuid, $2, $3, $4) ON CONFLICT (session_id) DO NOTHING`,
    [session.sessionId, session.operatorId, session.extension ?? null, session.at],
  );
}

export async function forgetSession(query: Query, sessionId: string): Promise<void> {
  await query(`DELETE FROM desk_session WHERE session_id = $1::uuid`, [sessionId]);
}

/** Who signed in last at an extension. */
export async function operatorAt(query: Query, extension: string): Promise<string | undefined> {
  const [row] = await query<{ operatorId: string }>(
    `SELECT operator_id AS "operatorId" FROM desk_session WHERE extension = $1 ORDER BY opened_at DESC LIMIT 1`,
    [extension],
  );
  return row?.operatorId;
}

import type { sessionClosed, sessionOpened } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';

type SessionEvent = ReceivedEvent<typeof sessionOpened> | ReceivedEvent<typeof sessionClosed>;

/** Keeps the copy of who sits at which extension. */
export async function followSessions(event: SessionEvent, tx: Transaction): Promise<void> {
  const { payload } = event;
  if (!('role' in payload)) {
    await tx.query(`DELETE FROM desk_session WHERE session_id = $1::uuid`, [payload.sessionId]);
    return;
  }
  await tx.query(
    `INSERT INTO desk_session (session_id, operator_id, extension, opened_at)
     VALUES ($1::uuid, $2, $3, $4) ON CONFLICT (session_id) DO NOTHING`,
    [payload.sessionId, payload.operatorId, payload.extension ?? null, payload.at],
  );
}

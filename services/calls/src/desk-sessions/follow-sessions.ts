import type { sessionClosed, sessionOpened } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { forgetSession, keepSession } from '../store/desk-sessions.ts';

type SessionEvent = ReceivedEvent<typeof sessionOpened> | ReceivedEvent<typeof sessionClosed>;

/** Keeps the copy of who sits at which extension. */
export async function followSessions(event: SessionEvent, tx: Transaction): Promise<void> {
  const { payload } = event;
  await ('role' in payload
    ? keepSession(tx.query, payload)
    : forgetSession(tx.query, payload.sessionId));
}

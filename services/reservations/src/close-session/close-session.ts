import type { closeSession as CloseSession } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import type { reservationsConfig } from '../config.ts';
import type { PrismaClient } from '../generated/client.ts';
import { lockSession } from '../store/session-store.ts';
import { askedAtConsole } from './asked-at-console.ts';
import { closeAgreed } from './close-agreed.ts';

const OPERATION = 'reservations.close-session';

/** Closes a session at once; whoever is booked is called, nobody's booking is cancelled. */
export function closeSession(
  runtime: Runtime<PrismaClient, typeof reservationsConfig>,
): Handler<typeof CloseSession> {
  return async (request, context) => {
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const { sessionId, reason } = request;
        const session = await lockSession(tx.query, sessionId);
        if (!session) return refuse('session_not_found');
        if (session.state === 'closed') return refuse('session_already_closed');
        const change = { kind: 'close-session' as const, sessionId, reason };
        return closeAgreed(
          tx,
          { change, sessions: [session] },
          { ...askedAtConsole(runtime, context, request), operation: OPERATION },
        );
      }),
    );
  };
}

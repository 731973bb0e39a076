import type { proposeSessionChange as ProposeSessionChange } from '@madoguchi/contracts';
import { sessionChangeSelection } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { describeChange, sessionsOfChange } from '../store/describe-change.ts';
import { measureChange } from '../store/measure-change.ts';
import { insertChange } from '../store/session-change-store.ts';
import { slotsOf } from '../store/session-slots-store.ts';
import { findVenue } from '../store/venue-store.ts';

const OPERATION = 'reservations.propose-session-change';

/** Writes down a closing or a cut with whom it hits now, for a second person to approve. Nothing is changed. */
export function proposeSessionChange(runtime: Runtime): Handler<typeof ProposeSessionChange> {
  return async (request, context) => {
    const command = commandOf(context, OPERATION, request);
    const { change } = request;
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const now = runtime.clock.now();
        const ofDays = change.kind === 'close-venue-days';
        if (ofDays && !(await findVenue(tx.query, change.venueCode)))
          return refuse('venue_not_found');
        const sessions = await sessionsOfChange(tx.query, change);
        if (sessions.length === 0) return refuse('session_not_found');
        if (sessions.some(({ state }) => state === 'closed'))
          return refuse('session_already_closed');
        const slots = await slotsOf(
          tx.query,
          sessions.map(({ id }) => id),
        );
        const { people } = await measureChange(tx.query, change, { sessions, slots, now });
        const row = {
          id: newId(),
          change,
          sessions: sessions.map(({ id, version }) => ({ id, version })),
          people,
          proposedBy: context.actor.sub,
          proposedAt: now,
        };
        await insertChange(tx.query, row);
        tx.audit({
          action: 'administration',
          operation: OPERATION,
          outcome: 'done',
          detail: { changeId: row.id, kind: change.kind, sessions: sessions.length, people },
        });
        return ok({
          change: await describeChange(tx.query, { ...row, doneAt: null }, now),
          selection: sessionChangeSelection(row.id),
        });
      }),
    );
  };
}

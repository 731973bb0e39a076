import type { SessionChangeView } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { SessionVersion } from '../domain/judge-approval.ts';
import { measureChange } from './measure-change.ts';
import type { ChangeRow } from './session-change-store.ts';
import { slotsOf } from './session-slots-store.ts';
import type { SessionRow } from './session-store.ts';
import { openSessionsOf, sessionsById } from './session-store.ts';
import { sessionsNamed } from './sessions-named.ts';

/** The sessions that a change is of now; those of days are the open ones. */
export async function sessionsOfChange(
  query: Query,
  change: ChangeRow['change'],
): Promise<SessionRow[]> {
  return change.kind === 'close-venue-days'
    ? openSessionsOf(query, change)
    : sessionsById(query, [change.sessionId]);
}

function isAsProposed(proposed: readonly SessionVersion[], now: readonly SessionRow[]): boolean {
  const versions = new Map(now.map(({ id, version }) => [id, version]));
  return (
    proposed.length === now.length &&
    proposed.every(({ id, version }) => versions.get(id) === version)
  );
}

/** A proposed change with what it would do now. */
export async function describeChange(
  query: Query,
  row: ChangeRow,
  now: Date,
): Promise<SessionChangeView> {
  const ids = row.sessions.map(({ id }) => id);
  const sessions = await sessionsById(query, ids);
  const slots = await slotsOf(query, ids);
  const hit = await measureChange(query, row.change, { sessions, slots, now });
  const current = await sessionsOfChange(query, row.change);
  const state = isAsProposed(row.sessions, current) ? 'proposed' : 'outdated';
  return {
    changeId: row.id,
    change: row.change,
    sessions: await sessionsNamed(query, ids),
    sessionCount: ids.length,
    seats: hit.seats,
    people: { proposed: row.people, now: hit.people, most: hit.most },
    proposedBy: row.proposedBy,
    proposedAt: row.proposedAt.toISOString(),
    state: row.doneAt === null ? state : 'done',
  };
}

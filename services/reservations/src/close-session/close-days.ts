import type { Transaction } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import { closeSessions } from '../store/close-sessions.ts';
import { lockSessionsOf } from '../store/session-store.ts';
import { findVenue } from '../store/venue-store.ts';

/** Closes every open session of a venue on days from and to, both included: all of them, or none. */
export async function closeDays(
  tx: Transaction,
  which: { venueCode: string; from: string; to: string },
  why: { reason: string; now: Date },
) {
  if (!(await findVenue(tx.query, which.venueCode))) return refuse('venue_not_found');
  const sessions = await lockSessionsOf(tx.query, which);
  const open = sessions.filter((session) => session.state === 'open');
  if (open.length === 0) return refuse('session_not_found');
  const closed = await closeSessions(tx, open, why);
  tx.audit({
    action: 'administration',
    operation: 'reservations.close-venue-days',
    outcome: 'done',
    detail: { ...which, reason: why.reason, ...closed },
  });
  return ok(closed);
}

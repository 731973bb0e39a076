import type { Transaction } from '@madoguchi/database';
import { refuse } from '@madoguchi/kernel';
import { lockSessionsOf, lockVenueSessions } from '../store/session-store.ts';
import { findVenue } from '../store/venue-store.ts';
import type { Closing } from './close-agreed.ts';
import { closeAgreed } from './close-agreed.ts';

type Days = { venueCode: string; from: string; to: string; reason: string };

/**
 * Closes every open session of a venue on days from and to, both included: all of them, or none. One that is
 * being opened at this instant is waited for, and closed with them.
 */
export async function closeDays(tx: Transaction, days: Days, closing: Omit<Closing, 'operation'>) {
  if (!(await findVenue(tx.query, days.venueCode))) return refuse('venue_not_found');
  await lockVenueSessions(tx, days.venueCode);
  const sessions = (await lockSessionsOf(tx.query, days)).filter(({ state }) => state === 'open');
  if (sessions.length === 0) return refuse('session_not_found');
  return closeAgreed(
    tx,
    { change: { kind: 'close-venue-days', ...days }, sessions },
    { ...closing, operation: 'reservations.close-venue-days' },
  );
}

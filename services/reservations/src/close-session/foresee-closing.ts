import type { Query } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import { measureChange } from '../store/measure-change.ts';
import { slotsOf } from '../store/session-slots-store.ts';
import { openSessionsOf } from '../store/session-store.ts';
import { findVenue } from '../store/venue-store.ts';

type Days = { venueCode: string; from: string; to: string; reason: string };

/**
 * What `closeDays` would do now: which open sessions, with what is booked in each, and how many people would
 * come on the worklist; where that is anybody, a second person is needed. Nothing is changed.
 */
export async function foreseeClosing(query: Query, days: Days, now: Date) {
  if (!(await findVenue(query, days.venueCode))) return refuse('venue_not_found');
  const sessions = await openSessionsOf(query, days);
  if (sessions.length === 0) return refuse('session_not_found');
  const slots = await slotsOf(
    query,
    sessions.map(({ id }) => id),
  );
  const change = { kind: 'close-venue-days' as const, ...days };
  const { people } = await measureChange(query, change, { sessions, slots, now });
  const inSession = (id: string) => slots.filter(({ sessionId }) => sessionId === id);
  return ok({
    sessions: sessions.map(({ id, day, productCode, pattern }) => ({
      sessionId: id,
      day,
      productCode,
      startsAt: pattern.startsAt,
      endsAt: pattern.endsAt,
      booked: inSession(id).reduce((sum, { booked }) => sum + booked, 0),
      held: inSession(id).reduce((sum, { held }) => sum + held, 0),
    })),
    toBeCalled: people,
    secondPerson: people > 0,
  });
}

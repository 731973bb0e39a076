import { sessionClosedForBooking } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { callAllBooked } from './people-to-call.ts';
import type { SessionSlot } from './session-slots-store.ts';
import { endHoldsOf } from './session-slots-store.ts';
import type { SessionRow } from './session-store.ts';

export type ClosedSessions = { sessions: number; toBeCalled: number; holdsEnded: number };

/**
 * Closes sessions, locked with their slots, in one transaction: from its commit on no seat of them can be taken
 * through any channel, their holds have ended, and everybody booked is on the worklist. Bookings stay what they
 * are.
 */
export async function closeSessions(
  tx: Transaction,
  { sessions, slots }: { sessions: readonly SessionRow[]; slots: readonly SessionSlot[] },
  why: { reason: string; now: Date; emergency: boolean },
): Promise<ClosedSessions> {
  const ids = sessions.map((session) => session.id);
  const slotIds = slots.map((slot) => slot.id);
  await tx.query('UPDATE slot SET closed = true WHERE session_id = ANY($1::uuid[])', [ids]);
  await tx.query(
    `UPDATE session SET state = 'closed', reason = $2, version = version + 1 WHERE id = ANY($1::uuid[])`,
    [ids, why.reason],
  );
  const holdsEnded = await endHoldsOf(tx, slotIds);
  const toBeCalled = await callAllBooked(tx, slots, why);
  for (const { id, version, venueCode, day, productCode } of sessions)
    tx.record({
      type: sessionClosedForBooking,
      aggregateId: id,
      aggregateVersion: version + 1,
      payload: {
        sessionId: id,
        venueCode,
        day,
        productCode,
        reason: why.reason,
        ...(why.emergency ? { emergency: true as const } : {}),
      },
    });
  return { sessions: sessions.length, toBeCalled, holdsEnded };
}

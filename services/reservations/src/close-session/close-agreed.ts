import type { SessionChange } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Agreement } from '../store/agree-to-change.ts';
import { agreeToChange } from '../store/agree-to-change.ts';
import { closeSessions } from '../store/close-sessions.ts';
import { insertEmergency } from '../store/emergency-store.ts';
import { measureChange } from '../store/measure-change.ts';
import type { SessionSlot } from '../store/session-slots-store.ts';
import { lockSlotsOf } from '../store/session-slots-store.ts';
import type { SessionRow } from '../store/session-store.ts';

const HOUR_MS = 3_600_000;

/** By whom, and on whose word. */
export type Closing = {
  operation: string;
  approvalId?: string | undefined;
  emergency?: { explanation: string } | undefined;
  by: {
    id: string;
    /** The administrator at the command line uses an approval that somebody else asked for. */
    atCommandLine: boolean;
    steppedUp: boolean;
  };
  confirmHours: number;
  now: Date;
};

type Meant = {
  change: Exclude<SessionChange, { kind: 'change-capacity' }>;
  /** Locked, and open. */
  sessions: readonly SessionRow[];
};
type WithSlots = Meant & { slots: readonly SessionSlot[] };

async function agreed(tx: Transaction, meant: WithSlots, closing: Closing) {
  const { approvalId, emergency, by, now } = closing;
  if (!emergency) {
    const requestedBy = by.atCommandLine ? undefined : by.id;
    return agreeToChange(tx, { ...meant, approvalId, requestedBy, now });
  }
  if (!by.atCommandLine && !by.steppedUp) return refuse('step_up_required');
  if (!isReason(emergency.explanation)) return refuse('reason_too_short');
  const { people } = await measureChange(tx.query, meant.change, { ...meant, now });
  const alone: Agreement = { people };
  return ok(alone);
}

/**
 * Closes sessions once two people agree to it; in an emergency at once, on the word of one, whom a second
 * person confirms later. Callbacks come either way: whoever is booked has to hear of it today.
 */
export async function closeAgreed(tx: Transaction, meant: Meant, closing: Closing) {
  const { change, sessions } = meant;
  const { operation, emergency, by, now, confirmHours } = closing;
  const { kind: _kind, ...which } = change;
  const sessionIds = sessions.map(({ id }) => id);
  const slots = await lockSlotsOf(tx.query, sessionIds);
  const agreement = await agreed(tx, { ...meant, slots }, closing);
  if (!agreement.ok) {
    const { code } = agreement.refusal;
    tx.audit({ action: 'refusal', operation, outcome: 'refused', detail: { ...which, code } });
    return agreement;
  }
  const { people, approved = {} } = agreement.value;
  const why = { reason: change.reason, now, emergency: emergency !== undefined };
  const closed = await closeSessions(tx, { sessions, slots }, why);
  const emergencyId = newId();
  const confirmBy = new Date(now.getTime() + confirmHours * HOUR_MS);
  const waits = emergency !== undefined && people > 0;
  if (waits)
    await insertEmergency(tx.query, {
      id: emergencyId,
      sessionIds,
      reason: change.reason,
      explanation: emergency.explanation,
      people,
      closedBy: by.id,
      closedAt: now,
      confirmBy,
    });
  tx.audit({
    action: 'administration',
    operation,
    outcome: 'done',
    detail: {
      ...which,
      ...closed,
      ...approved,
      ...(emergency ? { emergency: true, explanation: emergency.explanation } : {}),
      ...(waits ? { emergencyId } : {}),
    },
  });
  return ok({
    ...closed,
    ...(waits ? { emergencyId, confirmBy: confirmBy.toISOString() } : {}),
  });
}

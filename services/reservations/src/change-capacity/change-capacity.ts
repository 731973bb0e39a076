import type { changeCapacity as ChangeCapacity, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { bookedBeyond, resize } from '../domain/capacity-cut.ts';
import { isOfCut } from '../domain/session-change.ts';
import { agreeToChange } from '../store/agree-to-change.ts';
import { keepAddedSeats } from '../store/freed-seat.ts';
import { callLatestBooked } from '../store/people-to-call.ts';
import type { SessionSlot } from '../store/session-slots-store.ts';
import { endHoldsOf, lockSlotsOf, setSeats } from '../store/session-slots-store.ts';
import type { SessionRow } from '../store/session-store.ts';
import { lockSession, nextVersion } from '../store/session-store.ts';

type Request = RequestOf<typeof ChangeCapacity>;

const OPERATION = 'reservations.change-capacity';

/** Holds that stand in the way end first; whoever booked is not asked to make way for a hold. */
async function endHoldsInTheWay(
  tx: Transaction,
  slots: readonly SessionSlot[],
  { session, capacity }: { session: SessionRow; capacity: number },
): Promise<number> {
  const inTheWay = slots.filter(
    (slot) =>
      slot.held > 0 &&
      bookedBeyond({ ...slot, booked: slot.booked + slot.held }, session.pattern, capacity) > 0,
  );
  return endHoldsOf(
    tx,
    inTheWay.map((slot) => slot.id),
  );
}

type Asked = { request: Request; requestedBy: string; now: Date };

async function cut(tx: Transaction, session: SessionRow, asked: Asked) {
  const { request, requestedBy, now } = asked;
  const { capacity } = request;
  const { pattern } = session;
  const before = (await lockSlotsOf(tx.query, [session.id])).filter((slot) =>
    isOfCut(request, slot),
  );
  const beyond = before.reduce((sum, slot) => sum + bookedBeyond(slot, pattern, capacity), 0);
  if (beyond > 0 && request.choice === 'refuse')
    return refuse('capacity_below_booked', { people: beyond });
  const { choice: _choice, approvalId, ...change } = request;
  const agreement = await agreeToChange(tx, {
    change: { kind: 'change-capacity', ...change },
    sessions: [session],
    slots: before,
    approvalId,
    requestedBy,
    now,
  });
  if (!agreement.ok) {
    const { code } = agreement.refusal;
    const detail = { sessionId: session.id, capacity, code };
    tx.audit({ action: 'refusal', operation: OPERATION, outcome: 'refused', detail });
    return agreement;
  }
  const holdsEnded = await endHoldsInTheWay(tx, before, { session, capacity });
  const slots = (await lockSlotsOf(tx.query, [session.id])).filter((slot) =>
    isOfCut(request, slot),
  );
  const resized = slots.map((slot) => ({ ...slot, ...resize(slot, pattern, capacity) }));
  await setSeats(
    tx.query,
    resized.map(({ id, capacity: seats, targetCapacity, quotas }) => ({
      id,
      capacity: seats,
      targetCapacity,
      quotas,
    })),
  );
  const grown = resized.filter(
    ({ capacity: seats }, index) => seats > (slots[index]?.capacity ?? 0),
  );
  await keepAddedSeats(
    tx.query,
    grown.map((slot) => slot.id),
  );
  const toBeCalled = await callLatestBooked(tx, resized, { reason: request.reason, now });
  await nextVersion(tx.query, session.id);
  const { approved = {} } = agreement.value;
  return ok({ done: { slots: slots.length, toBeCalled, holdsEnded }, approved });
}

/**
 * Gives the slots of a session another size. Below what is booked it is refused, or, by choice and with a
 * second person's approval, the latest booked are put on the worklist and the slot shrinks as they move:
 * nobody's booking is cancelled. The session's pattern stays, so that seats given back are promised as before
 * and copies are not cut.
 */
export function changeCapacity(runtime: Runtime): Handler<typeof ChangeCapacity> {
  return async (request, context) => {
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const session = await lockSession(tx.query, request.sessionId);
        if (!session) return refuse('session_not_found');
        if (session.state === 'closed') return refuse('session_already_closed');
        const requestedBy = context.actor.sub;
        const made = await cut(tx, session, { request, requestedBy, now: runtime.clock.now() });
        if (!made.ok) return made;
        const { sessionId, capacity, choice, reason } = request;
        const { done, approved } = made.value;
        tx.audit({
          action: 'administration',
          operation: OPERATION,
          outcome: 'done',
          detail: { sessionId, capacity, choice, reason, ...done, ...approved },
        });
        return ok(done);
      }),
    );
  };
}

import type { holdSlot as HoldSlot, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { channelOf } from '../domain/channel.ts';
import { HOLD_LIFETIME_MS, HOLDS_PER_CASE } from '../domain/hold-limits.ts';
import { freeFor } from '../domain/slot-state.ts';
import { mayBook } from '../domain/purposes.ts';
import { isBarred } from '../store/budget-store.ts';
import { giveBackHolds } from '../store/give-back.ts';
import { commandsDone, insertHold, lockHolds } from '../store/hold-store.ts';
import { lockSlots, moveSeats, slotView } from '../store/slot-store.ts';
import { lockResident, mayTakeSeat } from '../store/take-seat.ts';

const OPERATION = 'reservations.hold-slot';

type Holding = {
  request: RequestOf<typeof HoldSlot>;
  context: OperationContext;
  caseId: string;
  now: Date;
};

async function hold(tx: Transaction, { request, context, caseId, now }: Holding) {
  const { residentId, slotId, doseNumber } = request;
  const channel = channelOf(context.actor.role);
  const heldBy = countedActor(context.actor);
  const counted = countedFor({ caseId, residentIds: [residentId], actorId: heldBy });
  await lockResident(tx, residentId);
  if (await isBarred(tx, 'hoarding', { counted, now, operation: OPERATION }))
    return refuse('seat_budget_exceeded');
  const taken = await commandsDone(tx.query, context.actor.sub, `${OPERATION}/${caseId}`);
  if (taken >= HOLDS_PER_CASE) return refuse('hold_limit_reached');
  // Whatever case it is of: a caller whose line dropped is served by another operator.
  const old = await lockHolds(tx.query, request);
  await lockSlots(tx.query, [slotId, ...old.map((one) => one.slotId)]);
  const own = old.find((one) => one.slotId === slotId);
  const given = { mayBeFull: own !== undefined, ownChannel: own?.channel };
  const seat = await mayTakeSeat(tx, { ...request, channel, now, ...given });
  if (!seat.ok) return seat;
  await giveBackHolds(tx, old, { now, takenAgain: [slotId] });
  const id = newId();
  const expiresAt = new Date(now.getTime() + HOLD_LIFETIME_MS);
  const row = { id, slotId, caseId, residentId, doseNumber, channel, heldBy, expiresAt };
  await insertHold(tx.query, row, now);
  await moveSeats(tx.query, slotId, { channel, held: 1 });
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [residentId],
    detail: { holdId: id, slotId },
  });
  const { slot } = seat.value;
  const free = Math.max(0, freeFor(slot, channel) - 1);
  return ok({ holdId: id, expiresAt: expiresAt.toISOString(), slot: slotView(slot, free) });
}

/** Takes a seat for the case for a few minutes; the resident's hold for the same dose makes way. */
export function holdSlot(runtime: Runtime): Handler<typeof HoldSlot> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (!mayBook(grant.purposes)) return refuse('purpose_not_allowed');
    const { caseId } = grant;
    const now = runtime.clock.now();
    // The case is part of it, so that its holds can be counted.
    const command = commandOf(context, `${OPERATION}/${caseId}`, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => hold(tx, { request, context, caseId, now })),
    );
  };
}

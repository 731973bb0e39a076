import type { holdSlot as HoldSlot } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { channelOf } from '../domain/channel.ts';
import { HOLD_LIFETIME_MS, HOLDS_PER_CASE } from '../domain/hold-limits.ts';
import { freeFor } from '../domain/slot-state.ts';
import { endHold, insertHold, lockHolds } from '../store/hold-store.ts';
import { lockSlot, moveSeats, slotView } from '../store/slot-store.ts';
import { lockResident, mayTakeSeat } from '../store/take-seat.ts';

const OPERATION = 'reservations.hold-slot';

/** Takes a seat for the case for a few minutes; the resident's hold for the same dose makes way. */
export function holdSlot(runtime: Runtime): Handler<typeof HoldSlot> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const now = runtime.clock.now();
    const channel = channelOf(context.actor.role);
    const command = {
      key: context.idempotencyKey ?? '',
      actorId: context.actor.sub,
      // The case is part of it, so that its holds can be counted.
      operation: `${OPERATION}/${grant.caseId}`,
      request,
    };
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockResident(tx, request.residentId);
        const [taken] = await tx.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM relay.idempotency WHERE actor_id = $1 AND operation = $2`,
          [context.actor.sub, command.operation],
        );
        if ((taken?.count ?? 0) >= HOLDS_PER_CASE) return refuse('hold_limit_reached');
        // Whatever case it is of: a caller whose line dropped is served by another operator.
        const [old] = await lockHolds(tx.query, request);
        // Slots are always locked in the order of their ids, so that two moves cannot wait for each other.
        for (const id of [request.slotId, ...(old ? [old.slotId] : [])].toSorted())
          await lockSlot(tx.query, id);
        const seat = await mayTakeSeat(tx, {
          ...request,
          channel,
          now,
          mayBeFull: old?.slotId === request.slotId,
        });
        if (!seat.ok) return seat;
        if (old) await endHold(tx.query, old);
        const hold = {
          id: newId(),
          slotId: request.slotId,
          caseId: grant.caseId,
          residentId: request.residentId,
          doseNumber: request.doseNumber,
          channel,
          expiresAt: new Date(now.getTime() + HOLD_LIFETIME_MS),
        };
        await insertHold(tx.query, hold, now);
        await moveSeats(tx.query, request.slotId, { channel, held: 1 });
        tx.audit({
          action: 'change',
          operation: OPERATION,
          outcome: 'done',
          residents: [request.residentId],
          detail: { holdId: hold.id, slotId: request.slotId },
        });
        const { slot } = seat.value;
        return ok({
          holdId: hold.id,
          expiresAt: hold.expiresAt.toISOString(),
          slot: slotView(slot, Math.max(0, freeFor(slot, channel) - 1)),
        });
      }),
    );
  };
}

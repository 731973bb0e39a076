import type { holdSlot as HoldSlot } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { HOLD_LIFETIME_MS, HOLDS_PER_CASE } from '../domain/hold-limits.ts';
import { freeFor } from '../domain/slot-state.ts';
import { endHold, insertHold, lockHolds } from '../store/hold-store.ts';
import { moveSeats, slotView } from '../store/slot-store.ts';
import { lockResident, mayTakeSeat } from '../store/take-seat.ts';

/** Takes a seat for the case for a few minutes; a hold of the case for the same dose makes way. */
export function holdSlot(runtime: Runtime): Handler<typeof HoldSlot> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const now = runtime.clock.now();
    const command = {
      key: context.idempotencyKey ?? '',
      actorId: context.actor.sub,
      operation: 'reservations.hold-slot',
      request,
    };
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockResident(tx, request.residentId);
        const [taken] = await tx.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM relay.idempotency WHERE actor_id = $1 AND operation = $2
           AND stored_at > now() - interval '30 minutes'`,
          [context.actor.sub, command.operation],
        );
        if ((taken?.count ?? 0) >= HOLDS_PER_CASE) return refuse('hold_limit_reached');
        const seat = await mayTakeSeat(tx, { ...request, now });
        if (!seat.ok) return seat;
        for (const old of await lockHolds(tx.query, { caseId: grant.caseId }))
          if (old.residentId === request.residentId && old.doseNumber === request.doseNumber)
            await endHold(tx.query, old);
        const hold = {
          id: newId(),
          slotId: request.slotId,
          caseId: grant.caseId,
          residentId: request.residentId,
          doseNumber: request.doseNumber,
          expiresAt: new Date(now.getTime() + HOLD_LIFETIME_MS),
        };
        await insertHold(tx.query, hold, now);
        await moveSeats(tx.query, request.slotId, { held: 1, phone: 1 });
        tx.audit({
          action: 'change',
          operation: command.operation,
          outcome: 'done',
          residents: [request.residentId],
          detail: { holdId: hold.id, slotId: request.slotId },
        });
        const { slot } = seat.value;
        return ok({
          holdId: hold.id,
          expiresAt: hold.expiresAt.toISOString(),
          slot: slotView(slot, Math.max(0, freeFor(slot, 'phone') - 1)),
        });
      }),
    );
  };
}

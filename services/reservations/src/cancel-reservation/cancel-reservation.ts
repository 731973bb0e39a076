import type { cancelReservation as CancelReservation } from '@madoguchi/contracts';
import { reservationCancelled, signalSubjects } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { lockReservation } from '../store/reservation-store.ts';
import { lockSlot, moveSeats } from '../store/slot-store.ts';
import { lockResident } from '../store/take-seat.ts';

/** Cancels with a reason and frees the seat, once. */
export function cancelReservation(runtime: Runtime): Handler<typeof CancelReservation> {
  return async (request, context) => {
    const command = {
      key: context.idempotencyKey ?? '',
      actorId: context.actor.sub,
      operation: 'reservations.cancel-reservation',
      request,
    };
    const cancelled = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        await lockResident(tx, request.residentId);
        const row = await lockReservation(tx.query, request.reservationId, request.residentId);
        if (!row) return refuse('reservation_not_found');
        if (row.state !== 'booked') return refuse('reservation_not_changeable');
        const slot = await lockSlot(tx.query, row.slotId);
        if (!slot) throw new Error('a reservation without its slot');
        await moveSeats(tx.query, row.slotId, { channel: row.channel, booked: -1 });
        await tx.query(
          `UPDATE reservation SET state = 'cancelled', cancelled_at = $2, cancel_reason = $3, version = version + 1
           WHERE id = $1::uuid`,
          [row.id, runtime.clock.now(), request.reason],
        );
        tx.record({
          type: reservationCancelled,
          aggregateId: row.id,
          aggregateVersion: row.version + 1,
          payload: {
            reservationId: row.id,
            residentId: row.residentId,
            doseNumber: row.doseNumber,
            venueCode: slot.venueCode,
            date: slot.date,
          },
        });
        tx.audit({
          action: 'change',
          operation: command.operation,
          outcome: 'done',
          residents: [row.residentId],
          detail: { reservationId: row.id, reason: request.reason },
        });
        return ok({ reservationId: row.id, state: 'cancelled' as const });
      }),
    );
    if (cancelled.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return cancelled;
  };
}

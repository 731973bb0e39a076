import type {
  Channel,
  changeReservation as ChangeReservation,
  RequestOf,
} from '@madoguchi/contracts';
import { reservationBooked, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { channelOf } from '../domain/channel.ts';
import { lockReservation } from '../store/reservation-store.ts';
import { lockSlot, moveSeats, slotView } from '../store/slot-store.ts';
import { lockResident, mayTakeSeat } from '../store/take-seat.ts';

async function move(
  runtime: Runtime,
  tx: Transaction,
  asked: { request: RequestOf<typeof ChangeReservation>; channel: Channel },
) {
  const { request, channel } = asked;
  const now = runtime.clock.now();
  await lockResident(tx, request.residentId);
  const reservation = await lockReservation(tx.query, request.reservationId, request.residentId);
  if (!reservation) return refuse('reservation_not_found');
  if (reservation.state !== 'booked') return refuse('reservation_not_changeable');
  // Slots are always locked in the order of their ids, so that two changes cannot wait for each other.
  for (const id of [reservation.slotId, request.slotId].toSorted()) await lockSlot(tx.query, id);
  const seat = await mayTakeSeat(tx, {
    residentId: request.residentId,
    slotId: request.slotId,
    doseNumber: reservation.doseNumber,
    channel,
    now,
    ignoreBookingOfDose: true,
    mayBeFull: reservation.slotId === request.slotId,
  });
  if (!seat.ok) return seat;
  const { slot } = seat.value;
  await moveSeats(tx.query, reservation.slotId, { channel: reservation.channel, booked: -1 });
  await moveSeats(tx.query, request.slotId, { channel, booked: 1 });
  await tx.query(
    `UPDATE reservation SET slot_id = $2::uuid, channel = $3, version = version + 1 WHERE id = $1::uuid`,
    [reservation.id, request.slotId, channel],
  );
  tx.record({
    type: reservationBooked,
    aggregateId: reservation.id,
    aggregateVersion: reservation.version + 1,
    payload: {
      reservationId: reservation.id,
      residentId: request.residentId,
      doseNumber: reservation.doseNumber,
      venueCode: slot.venueCode,
      date: slot.date,
    },
  });
  tx.audit({
    action: 'change',
    operation: 'reservations.change-reservation',
    outcome: 'done',
    residents: [request.residentId],
    detail: { reservationId: reservation.id, from: reservation.slotId, to: request.slotId },
  });
  return ok({
    reservationId: reservation.id,
    confirmationNumber: reservation.confirmationNumber,
    slot: slotView(slot, 0),
  });
}

/** Takes the new seat and frees the old one in one transaction. */
export function changeReservation(runtime: Runtime): Handler<typeof ChangeReservation> {
  return async (request, context) => {
    const command = {
      key: context.idempotencyKey ?? '',
      actorId: context.actor.sub,
      operation: 'reservations.change-reservation',
      request,
    };
    const changed = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () =>
        move(runtime, tx, { request, channel: channelOf(context.actor.role) }),
      ),
    );
    if (changed.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return changed;
  };
}

import type {
  Channel,
  changeReservation as ChangeReservation,
  RequestOf,
} from '@madoguchi/contracts';
import { reservationBooked, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedIn } from '../domain/budget-subjects.ts';
import { channelOf } from '../domain/channel.ts';
import { mayBook } from '../domain/purposes.ts';
import { countUses, isBarred } from '../store/budget-store.ts';
import { giveBackSeat } from '../store/freed-seat.ts';
import type { ReservationRow } from '../store/reservation-store.ts';
import { lockReservation, markMoved } from '../store/reservation-store.ts';
import { lockSlots, moveSeats, slotView } from '../store/slot-store.ts';
import { lockResident, mayTakeSeat } from '../store/take-seat.ts';

const OPERATION = 'reservations.change-reservation';

/** Seats and row in one: the new seat is taken, the old one comes free. */
async function moveBooking(
  tx: Transaction,
  reservation: ReservationRow,
  to: { slotId: string; channel: Channel },
): Promise<void> {
  const { id, slotId, channel } = reservation;
  // The same slot again: the seat never comes free.
  if (slotId === to.slotId) await moveSeats(tx.query, slotId, { channel, booked: -1 });
  else await giveBackSeat(tx.query, { slotId, channel, was: 'booked' });
  await moveSeats(tx.query, to.slotId, { channel: to.channel, booked: 1 });
  await markMoved(tx.query, id, to);
}

async function move(
  runtime: Runtime,
  tx: Transaction,
  asked: { request: RequestOf<typeof ChangeReservation>; context: OperationContext },
) {
  const { request, context } = asked;
  const channel = channelOf(context.actor.role);
  const now = runtime.clock.now();
  await lockResident(tx, request.residentId);
  const reservation = await lockReservation(tx.query, request.reservationId, request.residentId);
  if (!reservation) return refuse('reservation_not_found');
  if (reservation.state !== 'booked') return refuse('reservation_not_changeable');
  const { version } = reservation;
  if (request.expectedVersion !== undefined && request.expectedVersion !== version)
    return refuse('reservation_changed_meanwhile', { version });
  const counted = countedIn(context, request.residentId);
  if (await isBarred(tx, 'hoarding', { counted, now, operation: OPERATION }))
    return refuse('seat_budget_exceeded');
  await lockSlots(tx.query, [reservation.slotId, request.slotId]);
  const seat = await mayTakeSeat(tx, {
    residentId: request.residentId,
    slotId: request.slotId,
    doseNumber: reservation.doseNumber,
    channel,
    now,
    moving: { reservationId: reservation.id, programmeCode: reservation.programmeCode },
    mayBeFull: reservation.slotId === request.slotId,
    ownChannel: reservation.channel,
  });
  if (!seat.ok) return seat;
  const { slot } = seat.value;
  await moveBooking(tx, reservation, { slotId: request.slotId, channel });
  // The seat moved away from was taken and given back.
  if (reservation.slotId !== request.slotId) await countUses(tx, 'hoarding', { counted, now });
  tx.record({
    type: reservationBooked,
    aggregateId: reservation.id,
    aggregateVersion: version + 1,
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
    operation: OPERATION,
    outcome: 'done',
    residents: [request.residentId],
    detail: { reservationId: reservation.id, from: reservation.slotId, to: request.slotId },
  });
  return ok({
    reservationId: reservation.id,
    confirmationNumber: reservation.confirmationNumber,
    slot: slotView(slot, 0),
    version: version + 1,
  });
}

/** Takes the new seat and frees the old one in one transaction. */
export function changeReservation(runtime: Runtime): Handler<typeof ChangeReservation> {
  return async (request, context) => {
    if (!mayBook(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const command = commandOf(context, OPERATION, request);
    const changed = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => move(runtime, tx, { request, context })),
    );
    if (changed.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return changed;
  };
}

import type { bookSlot as BookSlot, Channel, RequestOf } from '@madoguchi/contracts';
import { reservationBooked, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { channelOf } from '../domain/channel.ts';
import { lockHold } from '../store/hold-store.ts';
import { insertReservation } from '../store/reservation-store.ts';
import { moveSeats, slotView } from '../store/slot-store.ts';
import { lockResident, mayTakeSeat } from '../store/take-seat.ts';

type Request = RequestOf<typeof BookSlot>;

/** The seat that is meant: the held one, or the slot itself. */
async function seatOf(
  tx: Transaction,
  request: Request,
  meant: { caseId: string; channel: Channel; now: Date },
) {
  if (request.holdId === undefined)
    return ok({ slotId: request.slotId ?? '', channel: meant.channel, held: false });
  const hold = await lockHold(tx.query, request.holdId, meant.caseId);
  if (!hold || hold.residentId !== request.residentId || hold.doseNumber !== request.doseNumber)
    return refuse('hold_not_found');
  if (hold.expiresAt <= meant.now) return refuse('hold_expired');
  return ok({ slotId: hold.slotId, channel: hold.channel, held: true });
}

async function book(
  runtime: Runtime,
  tx: Transaction,
  asked: { request: Request; context: OperationContext; caseId: string },
) {
  const { request, context, caseId } = asked;
  const now = runtime.clock.now();
  await lockResident(tx, request.residentId);
  const meant = await seatOf(tx, request, { caseId, now, channel: channelOf(context.actor.role) });
  if (!meant.ok) return meant;
  const { slotId, channel, held } = meant.value;
  const seat = await mayTakeSeat(tx, { ...request, slotId, channel, now, mayBeFull: held });
  if (!seat.ok) return seat;
  const { slot, rule } = seat.value;
  const reservationId = newId();
  if (request.holdId !== undefined)
    await tx.query(`DELETE FROM hold WHERE id = $1::uuid`, [request.holdId]);
  await moveSeats(tx.query, slotId, { channel, booked: 1, held: held ? -1 : 0 });
  const confirmationNumber = await insertReservation(tx.query, {
    id: reservationId,
    municipalityCode: context.municipalityCode,
    residentId: request.residentId,
    programmeCode: rule.programmeCode,
    doseNumber: request.doseNumber,
    slotId,
    channel,
    bookedBy: context.actor.sub,
    bookedAt: now,
  });
  tx.record({
    type: reservationBooked,
    aggregateId: reservationId,
    aggregateVersion: 1,
    payload: {
      reservationId,
      residentId: request.residentId,
      doseNumber: request.doseNumber,
      venueCode: slot.venueCode,
      date: slot.date,
    },
  });
  tx.audit({
    action: 'change',
    operation: 'reservations.book-slot',
    outcome: 'done',
    residents: [request.residentId],
    detail: { reservationId, slotId, dose: request.doseNumber },
  });
  return ok({ reservationId, confirmationNumber, slot: slotView(slot, 0) });
}

/** Books a held seat, or a slot directly; the same command twice is one booking. */
export function bookSlot(runtime: Runtime): Handler<typeof BookSlot> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const command = {
      key: context.idempotencyKey ?? '',
      actorId: context.actor.sub,
      operation: 'reservations.book-slot',
      request,
    };
    const booked = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => book(runtime, tx, { request, context, caseId: grant.caseId })),
    );
    if (booked.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return booked;
  };
}

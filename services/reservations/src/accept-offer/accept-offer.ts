import type { acceptOffer as AcceptOffer, RequestOf } from '@madoguchi/contracts';
import { offerAccepted, reservationBooked, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedIn } from '../domain/budget-subjects.ts';
import { mayBook } from '../domain/purposes.ts';
import { isBarred } from '../store/budget-store.ts';
import { closeOffer, dropHoldOf, lockOffer, tellOffer } from '../store/offer-store.ts';
import { insertReservation } from '../store/reservation-store.ts';
import { moveSeats, slotView } from '../store/slot-store.ts';
import { lockResident, mayTakeSeat } from '../store/take-seat.ts';
import { moveEntry } from '../store/waiting-store.ts';

const OPERATION = 'reservations.accept-offer';

async function accept(
  runtime: Runtime,
  tx: Transaction,
  asked: { request: RequestOf<typeof AcceptOffer>; context: OperationContext },
) {
  const { request, context } = asked;
  const { residentId } = request;
  const now = runtime.clock.now();
  await lockResident(tx, residentId);
  const counted = countedIn(context, residentId);
  if (await isBarred(tx, 'hoarding', { counted, now, operation: OPERATION }))
    return refuse('seat_budget_exceeded');
  const offer = await lockOffer(tx.query, request.offerId, residentId);
  if (!offer) return refuse('offer_not_found');
  // The job that ends offers may be late; time is not.
  if (offer.state !== 'open' || offer.expiresAt <= now) return refuse('offer_ended');
  const { slotId, channel, doseNumber } = offer;
  const wanted = { residentId, slotId, doseNumber, channel, now, mayBeFull: true };
  const seat = await mayTakeSeat(tx, wanted);
  if (!seat.ok) return seat;
  const { slot, rule } = seat.value;
  await dropHoldOf(tx.query, offer.id);
  await moveSeats(tx.query, slotId, { channel, booked: 1, held: -1 });
  await closeOffer(tx, offer.id, { state: 'accepted', now });
  const reservationId = newId();
  const confirmationNumber = await insertReservation(tx.query, {
    id: reservationId,
    municipalityCode: context.municipalityCode,
    residentId,
    programmeCode: rule.programmeCode,
    doseNumber,
    slotId,
    channel,
    bookedBy: context.actor.sub,
    bookedAt: now,
  });
  const version = await moveEntry(tx.query, offer.entryId, { state: 'booked' });
  tellOffer(tx, offerAccepted, { ...offer, version });
  tx.record({
    type: reservationBooked,
    aggregateId: reservationId,
    aggregateVersion: 1,
    payload: {
      reservationId,
      residentId,
      doseNumber,
      venueCode: slot.venueCode,
      date: slot.date,
    },
  });
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [residentId],
    detail: { reservationId, offerId: offer.id, slotId, dose: doseNumber },
  });
  return ok({ reservationId, confirmationNumber, slot: slotView(slot, 0) });
}

/** Books the seat that was kept, in one transaction; the same command twice is one booking. */
export function acceptOffer(runtime: Runtime): Handler<typeof AcceptOffer> {
  return async (request, context) => {
    if (!mayBook(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const command = commandOf(context, OPERATION, request);
    const accepted = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => accept(runtime, tx, { request, context })),
    );
    if (accepted.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return accepted;
  };
}

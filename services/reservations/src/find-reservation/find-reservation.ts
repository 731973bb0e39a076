import type { findReservation as FindReservation } from '@madoguchi/contracts';
import { ReservationView } from '@madoguchi/contracts';
import { ok, readConfirmationNumber, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { countUses, isBarred } from '../store/budget-store.ts';
import { reservationBy, reservationEntity } from '../store/reservation-store.ts';
import { slotsById } from '../store/slot-store.ts';

const OPERATION = 'reservations.find-reservation';

/** The booking of a number that the caller says; one of somebody else is as good as none. */
export function findReservation(runtime: Runtime): Handler<typeof FindReservation> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const confirmationNumber = readConfirmationNumber(request.confirmationNumber);
    if (confirmationNumber === undefined) return refuse('confirmation_number_mistyped');
    const { caseId, classes, purposes } = grant;
    const now = runtime.clock.now();
    const counted = countedFor({ caseId, actorId: countedActor(context.actor) });
    return runtime.database.transaction(context.who, async (tx) => {
      if (await isBarred(tx, 'number-guessing', { counted, now, operation: OPERATION }))
        return refuse('rate_limited');
      const row = await reservationBy(tx.query, { confirmationNumber });
      const slot = row && (await slotsById(tx.query, [row.slotId])).get(row.slotId);
      const found = row && slot && grant.residents.includes(row.residentId) ? { row, slot } : null;
      tx.audit({
        action: 'search',
        operation: OPERATION,
        outcome: found ? 'done' : 'refused',
        residents: found ? [found.row.residentId] : [],
        fieldClasses: found && classes.booking !== 'none' ? ['booking'] : [],
        purpose: purposes[0],
      });
      if (!found) {
        await countUses(tx, 'number-guessing', { counted, now });
        return refuse('reservation_not_found');
      }
      return ok({
        residentId: found.row.residentId,
        reservation: project(ReservationView, reservationEntity(found.row, found.slot), classes),
      });
    });
  };
}

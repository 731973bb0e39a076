import type { findVisitor as FindVisitor, RequestOf } from '@madoguchi/contracts';
import { ReservationView } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { ok, readConfirmationNumber, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { countUses, isBarred } from '../store/budget-store.ts';
import { bornOn, isReferred } from '../store/person-store.ts';
import { reservationBy, reservationEntity } from '../store/reservation-store.ts';
import { slotsById } from '../store/slot-store.ts';

const OPERATION = 'reservations.find-visitor';

/** The booking that number, birth date, venue and day all fit; a protected person's fits nobody. */
async function visitorOf(
  tx: Transaction,
  request: RequestOf<typeof FindVisitor>,
  asked: { confirmationNumber: string; today: string },
) {
  const row = await reservationBy(tx.query, asked);
  const slot = row && (await slotsById(tx.query, [row.slotId])).get(row.slotId);
  if (!row || !slot) return undefined;
  const here = slot.venueCode === request.venueCode && slot.date === asked.today;
  const known = (await bornOn(tx.query, row.residentId)) === request.dateOfBirth;
  return here && known && !(await isReferred(tx.query, row.residentId)) ? { row, slot } : undefined;
}

/** A visitor's booking of today at a venue, for who works there: number and birth date, or nothing. */
export function findVisitor(runtime: Runtime): Handler<typeof FindVisitor> {
  return async (request, context) => {
    const { actor, permit } = context;
    if (permit?.kind !== 'venue-visit') return refuse('case_required');
    const confirmationNumber = readConfirmationNumber(request.confirmationNumber);
    if (confirmationNumber === undefined) return refuse('confirmation_number_mistyped');
    const now = runtime.clock.now();
    const counted = countedFor({ caseId: permit.caseId, actorId: countedActor(actor) });
    const classes = runtime.policy.decideFieldClasses({
      actor,
      purpose: 'venue-day',
      hasGrant: true,
      residentProtected: false,
      approvedBySecondPerson: false,
      now,
    });
    return runtime.database.transaction(context.who, async (tx) => {
      if (await isBarred(tx, 'number-guessing', { counted, now, operation: OPERATION }))
        return refuse('rate_limited');
      const asked = { confirmationNumber, today: tokyoDate(now) };
      const found = await visitorOf(tx, request, asked);
      tx.audit({
        action: found ? 'verification' : 'verification-refused',
        operation: OPERATION,
        outcome: found ? 'done' : 'refused',
        residents: found ? [found.row.residentId] : [],
        fieldClasses: found && classes.booking !== 'none' ? ['booking'] : [],
        purpose: 'venue-day',
        detail: { venueCode: request.venueCode, given: ['confirmationNumber', 'dateOfBirth'] },
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

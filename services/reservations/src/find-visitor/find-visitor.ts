import type { findVisitor as FindVisitor, RequestOf } from '@madoguchi/contracts';
import { ReservationView } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { ok, readConfirmationNumber, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import { project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { refusedElsewhere } from '@madoguchi/service';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { countUses, isBarred } from '../store/budget-store.ts';
import { comingTogether } from '../store/party-store.ts';
import { reservationBy, reservationEntity, reservationsOf } from '../store/reservation-store.ts';
import { slotsById } from '../store/slot-store.ts';
import { visitBy } from '../store/visit-store.ts';

const OPERATION = 'reservations.find-visitor';

type Asked = RequestOf<typeof FindVisitor>;

/** The booking that number, birth date, venue and day all fit; that of somebody who is kept back fits nobody. */
async function visitorOf(
  tx: Transaction,
  request: Asked,
  asked: { confirmationNumber: string; today: CalendarDate },
) {
  const visit = await visitBy(tx.query, asked.confirmationNumber);
  const here = visit?.venueCode === request.venueCode && visit.date === asked.today;
  if (!here || visit.dateOfBirth !== request.dateOfBirth || visit.keptBack) return undefined;
  const row = await reservationBy(tx.query, { id: visit.reservationId });
  const slot = row && (await slotsById(tx.query, [row.slotId])).get(row.slotId);
  return row && slot && { residentId: row.residentId, entity: reservationEntity(row, slot) };
}

/** The booking of today at the venue of somebody who was verified for the day. */
async function verifiedVisitor(
  tx: Transaction,
  request: Asked & { residentId: string },
  today: CalendarDate,
) {
  const { residentId, venueCode } = request;
  const entity = (await reservationsOf(tx.query, residentId)).find(
    ({ slot, state }) =>
      slot.venueCode === venueCode && slot.date === today && state !== 'cancelled',
  );
  return entity && { residentId, entity };
}

/** Number and birth date, counted against guessing; or the resident of a grant for the day. */
async function lookUp(
  tx: Transaction,
  request: Asked,
  looking: { context: OperationContext; caseId: string; now: Date },
) {
  const { context, caseId, now } = looking;
  const today = tokyoDate(now);
  const { residentId, confirmationNumber: typed = '' } = request;
  if (residentId !== undefined)
    return ok(await verifiedVisitor(tx, { ...request, residentId }, today));
  const confirmationNumber = readConfirmationNumber(typed);
  if (confirmationNumber === undefined) return refuse('confirmation_number_mistyped');
  const counted = countedFor({ caseId, actorId: countedActor(context.actor) });
  if (await isBarred(tx, 'number-guessing', { counted, now, operation: OPERATION }))
    return refuse('rate_limited');
  const found = await visitorOf(tx, request, { confirmationNumber, today });
  if (!found) await countUses(tx, 'number-guessing', { counted, now });
  return ok(found);
}

const mayLookAt = (residentId: string, { grant }: OperationContext): boolean =>
  grant?.purposes.includes('venue-day') === true && grant.residents.includes(residentId);

/** A visitor's booking of today at a venue, for who works there; or nothing. */
export function findVisitor(runtime: Runtime): Handler<typeof FindVisitor> {
  return async (request, context) => {
    const { actor, permit } = context;
    if (permit?.kind !== 'venue-visit') return refuse('case_required');
    const { venueCode, residentId } = request;
    const elsewhere = await refusedElsewhere(runtime, context, { operation: OPERATION, venueCode });
    if (elsewhere) return elsewhere;
    if (residentId !== undefined && !mayLookAt(residentId, context))
      return refuse('grant_required');
    const now = runtime.clock.now();
    const classes = runtime.policy.decideFieldClasses({
      actor,
      purpose: 'venue-day',
      hasGrant: true,
      residentProtected: false,
      approvedBySecondPerson: false,
      now,
    });
    return runtime.database.transaction(context.who, async (tx) => {
      const looked = await lookUp(tx, request, { context, caseId: permit.caseId, now });
      if (!looked.ok) return looked;
      const found = looked.value;
      const together = found ? await comingTogether(tx.query, found.entity.reservationId) : [];
      const given = Object.keys(request).filter((item) => item !== 'venueCode');
      tx.audit({
        action: found ? 'verification' : 'verification-refused',
        operation: OPERATION,
        outcome: found ? 'done' : 'refused',
        residents: found
          ? [found.residentId, ...together.map(({ residentId: other }) => other)]
          : [],
        fieldClasses: found && classes.booking !== 'none' ? ['booking'] : [],
        purpose: 'venue-day',
        detail: { venueCode, given },
      });
      if (!found) return refuse('reservation_not_found');
      return ok({
        residentId: found.residentId,
        reservation: project(ReservationView, found.entity, classes),
        together: together.map(({ entity }) => project(ReservationView, entity, classes)),
      });
    });
  };
}

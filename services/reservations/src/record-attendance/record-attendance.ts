import type { recordAttendance as RecordAttendance, RequestOf } from '@madoguchi/contracts';
import { attendanceRecorded, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { ok, readConfirmationNumber, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import { isOfVenue } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { commandOf, refusedElsewhere } from '@madoguchi/service';
import { decideAttendance } from '../domain/attendance.ts';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { countUses, isBarred } from '../store/budget-store.ts';
import { callAboutDangling } from '../store/dangling-doses.ts';
import type { ReservationRow } from '../store/reservation-store.ts';
import {
  isBookedAnew,
  lockReservation,
  markAttendance,
  reservationBy,
} from '../store/reservation-store.ts';
import type { SlotRow } from '../store/slot-store.ts';
import { slotsById } from '../store/slot-store.ts';
import { lockResident } from '../store/take-seat.ts';
import { visitBy } from '../store/visit-store.ts';

const OPERATION = 'reservations.record-attendance';

type Marking = {
  request: RequestOf<typeof RecordAttendance>;
  context: OperationContext;
  caseId: string;
  now: Date;
};

/**
 * The booking meant: by the number on the visitor's paper, or by a grant for the day at the venue. The number of
 * somebody who is kept back is as good as nobody's at a venue, as it is when they are looked up; the city, whom
 * the venue telephones about everybody it cannot find, marks them.
 */
async function bookingMeant(tx: Transaction, { request, context, caseId, now }: Marking) {
  const { grant } = context;
  if (request.reservationId !== undefined) {
    const row = await reservationBy(tx.query, { id: request.reservationId });
    const granted =
      grant?.purposes.includes('venue-day') && row && grant.residents.includes(row.residentId);
    return granted ? ok(row) : refuse(grant ? 'reservation_not_found' : 'grant_required');
  }
  const confirmationNumber = readConfirmationNumber(request.confirmationNumber ?? '');
  if (confirmationNumber === undefined) return refuse('confirmation_number_mistyped');
  const counted = countedFor({ caseId, actorId: countedActor(context.actor) });
  if (await isBarred(tx, 'number-guessing', { counted, now, operation: OPERATION }))
    return refuse('rate_limited');
  const visit = await visitBy(tx.query, confirmationNumber);
  const hidden = visit?.keptBack === true && isOfVenue(context.actor);
  if (visit && !hidden && isHere(visit, request.venueCode, now))
    return ok({ id: visit.reservationId, residentId: visit.residentId });
  await countUses(tx, 'number-guessing', { counted, now });
  return refuse('reservation_not_found');
}

/** A venue marks its own people of the day, nobody else's. */
const isHere = (slot: Pick<SlotRow, 'venueCode' | 'date'>, venueCode: string, now: Date): boolean =>
  slot.venueCode === venueCode && slot.date === tokyoDate(now);

function tell(
  tx: Transaction,
  marked: { row: ReservationRow; slot: SlotRow; version: number },
  { request }: Marking,
): void {
  const { row, slot, version } = marked;
  const { outcome, reason } = request;
  tx.record({
    type: attendanceRecorded,
    aggregateId: row.id,
    aggregateVersion: version,
    payload: {
      reservationId: row.id,
      residentId: row.residentId,
      doseNumber: row.doseNumber,
      venueCode: slot.venueCode,
      date: slot.date,
      outcome,
    },
  });
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [row.residentId],
    purpose: 'venue-day',
    detail: {
      reservationId: row.id,
      from: row.state,
      to: outcome,
      ...(reason === undefined ? {} : { reason }),
    },
  });
}

async function mark(tx: Transaction, marking: Marking) {
  const { request, now } = marking;
  const meant = await bookingMeant(tx, marking);
  if (!meant.ok) return meant;
  const { id, residentId } = meant.value;
  await lockResident(tx, residentId);
  const row = await lockReservation(tx.query, id, residentId);
  const slot = row && (await slotsById(tx.query, [row.slotId])).get(row.slotId);
  if (!row || !slot || !isHere(slot, request.venueCode, now))
    return refuse('reservation_not_found');
  const bookedAnew = await isBookedAnew(tx.query, row);
  const { state, version } = row;
  const visit = { state, version, startsAt: slot.startsAt, bookedAnew };
  const decision = decideAttendance(visit, request, now);
  if (decision === 'changed-meanwhile')
    return refuse('reservation_changed_meanwhile', { version, state });
  if (decision === 'not-changeable') return refuse('reservation_not_changeable', { state });
  const marked = await markAttendance(tx.query, id, request.outcome);
  await callAboutDangling(tx, { row, slot, outcome: request.outcome, now });
  tell(tx, { row, slot, version: marked }, marking);
  return ok({ reservationId: id, residentId, state: request.outcome, version: marked });
}

/** Marks somebody of today as attended, missed, or turned back at screening; the seat stays theirs. */
export function recordAttendance(runtime: Runtime): Handler<typeof RecordAttendance> {
  return async (request, context) => {
    const { permit } = context;
    if (permit?.kind !== 'venue-visit') return refuse('case_required');
    const { venueCode } = request;
    const elsewhere = await refusedElsewhere(runtime, context, { operation: OPERATION, venueCode });
    if (elsewhere) return elsewhere;
    const command = commandOf(context, OPERATION, request);
    const marking = { request, context, caseId: permit.caseId, now: runtime.clock.now() };
    const marked = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => mark(tx, marking)),
    );
    if (!marked.ok) return marked;
    const { residentId, ...answer } = marked.value;
    runtime.signal(signalSubjects.residentTouched, { residentId, by: 'reservations' });
    return ok(answer);
  };
}

import type { bookCompanion as BookCompanion, RequestOf } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { ok, readConfirmationNumber, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { channelOf } from '../domain/channel.ts';
import { decideOnFirst } from '../domain/decide-together.ts';
import { mayBook } from '../domain/purposes.ts';
import { minutesApart } from '../domain/second-seat.ts';
import { lockFacts } from '../store/booking-batch.ts';
import { countUses, isBarred } from '../store/budget-store.ts';
import { joinParty, partyOf } from '../store/party-store.ts';
import { bornOn, isReferred } from '../store/person-store.ts';
import type { ReservationRow } from '../store/reservation-store.ts';
import { reservationBy } from '../store/reservation-store.ts';
import { seatsBeside } from '../store/seat-search.ts';
import { slotsById, slotView } from '../store/slot-store.ts';
import { lockResidents } from '../store/take-seat.ts';
import { writeTogether } from '../store/write-together.ts';

const OPERATION = 'reservations.book-companion';

type Request = RequestOf<typeof BookCompanion>;
type Accompanying = {
  request: Request;
  context: OperationContext;
  grant: NonNullable<OperationContext['grant']>;
  now: Date;
};

/**
 * The booking to sit beside. Its number and the birth date of whose it is name one of anybody but a protected
 * person: the same answer as for a number that is nobody's, which counts as a guess.
 */
async function bookingBeside(tx: Transaction, accompanying: Accompanying) {
  const { request, context, grant, now } = accompanying;
  const { besideReservationId: id, besideConfirmationNumber: typed } = request;
  const { besideDateOfBirth: dateOfBirth } = request;
  const { caseId } = grant;
  const isOurs = (row: ReservationRow): boolean => grant.residents.includes(row.residentId);
  if (id !== undefined) {
    const row = await reservationBy(tx.query, { id });
    return row && isOurs(row) ? ok(row) : refuse('reservation_not_found');
  }
  const confirmationNumber = readConfirmationNumber(typed ?? '');
  if (confirmationNumber === undefined) return refuse('confirmation_number_mistyped');
  const counted = countedFor({ caseId, actorId: countedActor(context.actor) });
  if (await isBarred(tx, 'number-guessing', { counted, now, operation: OPERATION }))
    return refuse('rate_limited');
  const row = await reservationBy(tx.query, { confirmationNumber });
  const known = row && (await bornOn(tx.query, row.residentId)) === dateOfBirth;
  const hidden = row && !isOurs(row) && (await isReferred(tx.query, row.residentId));
  if (row?.state === 'booked' && known && !hidden) return ok(row);
  await countUses(tx, 'number-guessing', { counted, now });
  return refuse('reservation_not_found');
}

async function book(tx: Transaction, accompanying: Accompanying) {
  const { request, context, grant, now } = accompanying;
  const { residentId, doseNumber } = request;
  const { caseId } = grant;
  const actorId = countedActor(context.actor);
  const counted = countedFor({ caseId, residentIds: [residentId], actorId });
  // Before the number: who takes no seat today hears of no booking either, which would stand in no log.
  if (await isBarred(tx, 'hoarding', { counted, now, operation: OPERATION }))
    return refuse('seat_budget_exceeded');
  const named = await bookingBeside(tx, accompanying);
  if (!named.ok) return named;
  // Neither moves while the seat is looked for.
  await lockResidents(tx, [residentId, named.value.residentId]);
  const beside = await reservationBy(tx.query, { id: named.value.id });
  if (beside?.state !== 'booked') return refuse('reservation_not_found');
  const slot = (await slotsById(tx.query, [beside.slotId])).get(beside.slotId);
  if (!slot) throw new Error('a reservation without its slot');
  const channel = channelOf(context.actor.role);
  const slotIds = (await seatsBeside(tx.query, slot, { channel, now })).map((one) => one.slotId);
  const partyId = await partyOf(tx.query, beside.id);
  const facts = await lockFacts(tx.query, { residentIds: [residentId], holdIds: [], slotIds }, now);
  const on = (slotId: string) => ({ residentId, doseNumber, caseId, channel, slotId });
  const decided = decideOnFirst({ before: [], on }, slotIds, facts);
  // A seat says when and where they come, and even none that they do: a look at their booking.
  tx.audit({
    action: 'disclosure',
    operation: OPERATION,
    outcome: decided.ok ? 'done' : 'refused',
    residents: [beside.residentId],
    fieldClasses: ['booking'],
    detail: { besideReservationId: beside.id },
  });
  if (!decided.ok)
    return decided.person
      ? { ok: false as const, refusal: decided.person }
      : refuse('no_seat_beside');
  const [booked] = await writeTogether(tx, decided.seats, {
    operation: OPERATION,
    facts,
    municipalityCode: context.municipalityCode,
    bookedBy: context.actor.sub,
  });
  if (!booked) throw new Error('a companion without a seat');
  const { reservationId, confirmationNumber } = booked;
  await joinParty(tx.query, partyId, [reservationId]);
  return ok({
    reservationId,
    confirmationNumber,
    doseNumber,
    slot: slotView(booked.slot, 0),
    minutesApart: minutesApart(booked.slot, slot),
  });
}

/** Books a seat beside another booking: at the same time, else right after or before it. */
export function bookCompanion(runtime: Runtime): Handler<typeof BookCompanion> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (!mayBook(grant.purposes)) return refuse('purpose_not_allowed');
    const command = commandOf(context, OPERATION, request);
    const accompanying = { request, context, grant, now: runtime.clock.now() };
    const booked = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => book(tx, accompanying)),
    );
    if (booked.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return booked;
  };
}

import type { bookWalkIn as BookWalkIn, RequestOf } from '@madoguchi/contracts';
import { attendanceRecorded, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf, refusedElsewhere } from '@madoguchi/service';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { decideOnFirst } from '../domain/decide-together.ts';
import { mayServeVisitor } from '../domain/purposes.ts';
import { lockFacts } from '../store/booking-batch.ts';
import { isBarred } from '../store/budget-store.ts';
import { markAttendance } from '../store/reservation-store.ts';
import { seatsOfDay } from '../store/seat-search.ts';
import { slotsById, slotView } from '../store/slot-store.ts';
import { lockResident } from '../store/take-seat.ts';
import type { Booked } from '../store/write-together.ts';
import { writeTogether } from '../store/write-together.ts';

const OPERATION = 'reservations.book-walk-in';
/** Slots of the day that come into question where none was named. */
const NEXT_SLOTS = 12;
const channel = 'walk-in' as const;

type WalkIn = {
  request: RequestOf<typeof BookWalkIn>;
  context: OperationContext;
  caseId: string;
  now: Date;
};

/** The slot named, if it is one of this venue today, or the next ones that are free. */
async function slotsMeant(tx: Transaction, { request, now }: WalkIn): Promise<string[]> {
  const { venueCode, productCode, slotId } = request;
  const day = tokyoDate(now);
  if (slotId !== undefined) {
    const slot = (await slotsById(tx.query, [slotId])).get(slotId);
    return slot?.venueCode === venueCode && slot.date === day ? [slotId] : [];
  }
  const wanted = { venueCode, day, productCode, limit: NEXT_SLOTS };
  return (await seatsOfDay(tx.query, wanted, { channel, now })).map((slot) => slot.slotId);
}

async function decide(tx: Transaction, walkIn: WalkIn) {
  const { request, caseId, now } = walkIn;
  const { residentId, doseNumber, slotId: named } = request;
  const slotIds = await slotsMeant(tx, walkIn);
  const [first] = slotIds;
  if (first === undefined) return refuse(named === undefined ? 'slot_full' : 'slot_not_found');
  const facts = await lockFacts(tx.query, { residentIds: [residentId], holdIds: [], slotIds }, now);
  const on = (slotId: string) => ({ residentId, doseNumber, caseId, channel, slotId });
  const decided = decideOnFirst({ before: [], on }, slotIds, facts);
  if (decided.ok) return ok({ seats: decided.seats, facts });
  const refusal = decided.person ?? (named === undefined ? undefined : decided.slot);
  return refusal ? { ok: false as const, refusal } : refuse('slot_full');
}

/** They stand there: the booking begins as attended. */
async function attend(tx: Transaction, booked: Booked): Promise<void> {
  const { reservationId, residentId, doseNumber, slot } = booked;
  tx.record({
    type: attendanceRecorded,
    aggregateId: reservationId,
    aggregateVersion: await markAttendance(tx.query, reservationId, 'attended'),
    payload: {
      reservationId,
      residentId,
      doseNumber,
      venueCode: slot.venueCode,
      date: slot.date,
      outcome: 'attended',
    },
  });
}

async function book(tx: Transaction, walkIn: WalkIn) {
  const { request, context, caseId, now } = walkIn;
  const { residentId } = request;
  const actorId = countedActor(context.actor);
  const counted = countedFor({ caseId, residentIds: [residentId], actorId });
  await lockResident(tx, residentId);
  if (await isBarred(tx, 'hoarding', { counted, now, operation: OPERATION }))
    return refuse('seat_budget_exceeded');
  const decided = await decide(tx, walkIn);
  if (!decided.ok) return decided;
  const { seats, facts } = decided.value;
  const [booked] = await writeTogether(tx, seats, {
    operation: OPERATION,
    facts,
    municipalityCode: context.municipalityCode,
    bookedBy: context.actor.sub,
  });
  if (!booked) throw new Error('a walk-in without a seat');
  await attend(tx, booked);
  const { reservationId, confirmationNumber, slot } = booked;
  return ok({ reservationId, confirmationNumber, slot: slotView(slot, 0) });
}

/** Books somebody who stands at the venue today, on the walk-ins' seats, as attended. */
export function bookWalkIn(runtime: Runtime): Handler<typeof BookWalkIn> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (!mayServeVisitor(grant.purposes)) return refuse('purpose_not_allowed');
    const { venueCode } = request;
    const elsewhere = await refusedElsewhere(runtime, context, { operation: OPERATION, venueCode });
    if (elsewhere) return elsewhere;
    const command = commandOf(context, OPERATION, request);
    const walkIn = { request, context, caseId: grant.caseId, now: runtime.clock.now() };
    const booked = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => book(tx, walkIn)),
    );
    if (booked.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return booked;
  };
}

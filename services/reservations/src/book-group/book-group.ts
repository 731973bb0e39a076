import type { bookGroup as BookGroup, RequestOf } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { channelOf } from '../domain/channel.ts';
import { decideTogether } from '../domain/decide-together.ts';
import { refusedMembers } from '../domain/group-refusal.ts';
import { placeGroup } from '../domain/place-group.ts';
import { mayBook } from '../domain/purposes.ts';
import { notTakeable } from '../domain/slot-state.ts';
import { lockFacts } from '../store/booking-batch.ts';
import { isBarred } from '../store/budget-store.ts';
import { slotsOfVisit } from '../store/seat-search.ts';
import { slotsById, slotView } from '../store/slot-store.ts';
import { lockResidents } from '../store/take-seat.ts';
import { joinParty } from '../store/party-store.ts';
import { writeTogether } from '../store/write-together.ts';

const OPERATION = 'reservations.book-group';

type Grouping = {
  request: RequestOf<typeof BookGroup>;
  context: OperationContext;
  caseId: string;
  now: Date;
};

/** The slots a group can be seated on, in their order, and all that its bookings hang on, locked. */
async function lockVisit(tx: Transaction, { request, now }: Grouping) {
  const first = (await slotsById(tx.query, [request.slotId])).get(request.slotId);
  if (!first) return refuse('slot_not_found');
  const slotIds = await slotsOfVisit(tx.query, first, request.spanMinutes);
  const residentIds = request.members.map(({ residentId }) => residentId);
  const facts = await lockFacts(tx.query, { residentIds, holdIds: [], slotIds }, now);
  const slots = slotIds.flatMap((id) => facts.slots.get(id) ?? []);
  const [start] = slots;
  if (!start) return refuse('slot_not_found');
  const closed = notTakeable(start, now);
  return closed === undefined ? ok({ slots, facts }) : refuse(closed);
}

async function book(tx: Transaction, grouping: Grouping) {
  const { request, context, caseId, now } = grouping;
  const residentIds = request.members.map(({ residentId }) => residentId);
  const counted = countedFor({ caseId, residentIds, actorId: countedActor(context.actor) });
  await lockResidents(tx, residentIds);
  if (await isBarred(tx, 'hoarding', { counted, now, operation: OPERATION }))
    return refuse('seat_budget_exceeded');
  const visit = await lockVisit(tx, grouping);
  if (!visit.ok) return visit;
  const { slots, facts } = visit.value;
  const channel = channelOf(context.actor.role);
  const asked = placeGroup(request.members, slots, { channel, caseId, now });
  const decided = decideTogether(asked, facts);
  if (!decided.ok) return refuse('group_refused', { members: refusedMembers(decided.refused) });
  const booked = await writeTogether(tx, decided.seats, {
    operation: OPERATION,
    facts,
    municipalityCode: context.municipalityCode,
    bookedBy: context.actor.sub,
  });
  const ids = booked.map(({ reservationId }) => reservationId);
  if (ids.length > 1) await joinParty(tx.query, newId(), ids);
  return ok({ bookings: booked.map(({ slot, ...one }) => ({ ...one, slot: slotView(slot, 0) })) });
}

/** Seats a family or facility at one venue and day in one transaction: everybody, or each one's reason. */
export function bookGroup(runtime: Runtime): Handler<typeof BookGroup> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (!mayBook(grant.purposes)) return refuse('purpose_not_allowed');
    const command = commandOf(context, OPERATION, request);
    const grouping = { request, context, caseId: grant.caseId, now: runtime.clock.now() };
    const booked = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => book(tx, grouping)),
    );
    if (booked.ok)
      for (const { residentId } of request.members)
        runtime.signal(signalSubjects.residentTouched, { residentId, by: 'reservations' });
    return booked;
  };
}

import type { bookPair as BookPair, RequestOf } from '@madoguchi/contracts';
import { signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedIn } from '../domain/budget-subjects.ts';
import { channelOf } from '../domain/channel.ts';
import type { BookingAsked } from '../domain/decide-bookings.ts';
import type { SecondChoice } from '../domain/decide-pair.ts';
import { decidePair } from '../domain/decide-pair.ts';
import { pairDays } from '../domain/pair-days.ts';
import { mayBook } from '../domain/purposes.ts';
import { lockFacts } from '../store/booking-batch.ts';
import { isBarred } from '../store/budget-store.ts';
import { findHold } from '../store/hold-store.ts';
import { findPerson } from '../store/person-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { secondSeats } from '../store/seat-search.ts';
import { slotsById, slotView } from '../store/slot-store.ts';
import { lockResident } from '../store/take-seat.ts';
import { writeTogether } from '../store/write-together.ts';

const OPERATION = 'reservations.book-pair';
/** Slots that come into question for a second dose that nobody chose. */
const SECOND_CHOICES = 8;

type Request = RequestOf<typeof BookPair>;
type Pairing = { request: Request; context: OperationContext; caseId: string; now: Date };

const firstAsked = ({ request, context, caseId }: Pairing): BookingAsked => ({
  residentId: request.residentId,
  doseNumber: request.doseNumber,
  caseId,
  channel: channelOf(context.actor.role),
  ...(request.holdId === undefined ? { slotId: request.slotId ?? '' } : { holdId: request.holdId }),
});

/** What was chosen, or what the rule proposes as things are before anything is locked. */
async function secondChoice(
  tx: Transaction,
  pairing: Pairing,
): Promise<Result<SecondChoice, Refusal<'hold_not_found' | 'slot_not_found' | 'copy_stale'>>> {
  const { request, caseId, now } = pairing;
  const { residentId, doseNumber, holdId, secondSlotId } = request;
  if (secondSlotId !== undefined) return ok({ kind: 'chosen', slotId: secondSlotId });
  const hold = holdId === undefined ? undefined : await findHold(tx.query, holdId, caseId);
  if (holdId !== undefined && !hold) return refuse('hold_not_found');
  const slotId = hold?.slotId ?? request.slotId ?? '';
  const first = (await slotsById(tx.query, [slotId])).get(slotId);
  if (!first) return refuse('slot_not_found');
  const person = await findPerson(tx.query, residentId);
  if (!person) return refuse('copy_stale');
  const { date, productCode } = first;
  const dose = { doseNumber, date, productCode };
  const days = pairDays(person, dose, await readRulebook(tx.query, now));
  if (!days.ok) return ok({ kind: 'never', refusal: days.refusal });
  const seeker = { channel: channelOf(pairing.context.actor.role), now };
  const wanted = { first, days: days.value, atLeast: SECOND_CHOICES };
  const slots = (await secondSeats(tx.query, wanted, seeker)).slice(0, SECOND_CHOICES);
  return ok({
    kind: 'proposed',
    slotIds: slots.map(({ slotId }) => slotId),
    days: days.value,
  });
}

const slotsOf = (choice: SecondChoice): readonly string[] => {
  if (choice.kind === 'never') return [];
  return choice.kind === 'chosen' ? [choice.slotId] : choice.slotIds;
};

async function book(tx: Transaction, pairing: Pairing) {
  const { request, context, now } = pairing;
  const counted = countedIn(context, request.residentId);
  await lockResident(tx, request.residentId);
  if (await isBarred(tx, 'hoarding', { counted, now, operation: OPERATION }))
    return refuse('seat_budget_exceeded');
  const choice = await secondChoice(tx, pairing);
  if (!choice.ok) return choice;
  const first = firstAsked(pairing);
  const wanted = {
    residentIds: [request.residentId],
    holdIds: first.holdId === undefined ? [] : [first.holdId],
    slotIds: [...(first.slotId === undefined ? [] : [first.slotId]), ...slotsOf(choice.value)],
  };
  const facts = await lockFacts(tx.query, wanted, now);
  const decided = decidePair(first, choice.value, facts);
  if (!decided.ok) return decided;
  const booked = await writeTogether(tx, decided.value, {
    operation: OPERATION,
    facts,
    municipalityCode: context.municipalityCode,
    bookedBy: context.actor.sub,
  });
  return ok({
    bookings: booked.map(({ reservationId, confirmationNumber, doseNumber, slot }) => ({
      reservationId,
      confirmationNumber,
      doseNumber,
      slot: slotView(slot, 0),
    })),
  });
}

/** Books a dose and the one after it in one transaction; a slot that is full, or a rule, refuses both. */
export function bookPair(runtime: Runtime): Handler<typeof BookPair> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (!mayBook(grant.purposes)) return refuse('purpose_not_allowed');
    const command = commandOf(context, OPERATION, request);
    const pairing = { request, context, caseId: grant.caseId, now: runtime.clock.now() };
    const booked = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => book(tx, pairing)),
    );
    if (booked.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return booked;
  };
}

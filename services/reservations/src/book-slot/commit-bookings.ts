import type { bookSlot as BookSlot, ReplyOf, RequestOf, Who } from '@madoguchi/contracts';
import { reservationBooked } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { digestOf } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { canonicalJson, newId, ok, refuse } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import type { Counted } from '../domain/budget-subjects.ts';
import { countedActor, countedFor } from '../domain/budget-subjects.ts';
import { channelOf } from '../domain/channel.ts';
import type { BookingAsked, BookingRefusal, SeatTaken } from '../domain/decide-bookings.ts';
import { decideBookings } from '../domain/decide-bookings.ts';
import type { NewBooking, StoredReply } from '../store/booking-batch.ts';
import { freshNumbers, loadFacts, recallReplies, writeBookings } from '../store/booking-batch.ts';
import { suspectedAmong } from '../store/budget-store.ts';
import type { SlotRow } from '../store/slot-store.ts';
import { slotView } from '../store/slot-store.ts';
import { lockResidents } from '../store/take-seat.ts';

const OPERATION = 'reservations.book-slot';

/**
 * Confirmation numbers drawn before it is known how many are needed: enough for a whole batch of the public,
 * since drawing more is a trip while slots are locked; of a larger batch most may be refused.
 */
const DRAWN_AHEAD = 96;

type Reply = ReplyOf<typeof BookSlot>;
export type BookingAnswer = Result<
  Reply,
  BookingRefusal | Refusal<'idempotency_key_reused' | 'seat_budget_exceeded'>
>;

/** A booking as its caller asked for it. */
export type BookingCommand = {
  request: RequestOf<typeof BookSlot>;
  who: Who;
  caseId: string;
  key: string;
};

const nameOf = (command: { actorId: string; key: string }): string =>
  `${command.actorId}\n${command.key}`;

const askedBy = ({ request, who, caseId }: BookingCommand): BookingAsked => ({
  residentId: request.residentId,
  doseNumber: request.doseNumber,
  caseId,
  channel: channelOf(who.role),
  ...(request.holdId === undefined ? { slotId: request.slotId ?? '' } : { holdId: request.holdId }),
});

/** What a command answered before; refused when it was another command. */
function recall(command: BookingCommand, stored: StoredReply): BookingAnswer {
  if (stored.digest !== digestOf(canonicalJson(command.request)))
    return refuse('idempotency_key_reused');
  return ok(stored.reply as Reply);
}

function bookingOf(
  command: BookingCommand,
  seat: SeatTaken,
  made: { confirmationNumber: string; slot: SlotRow },
): NewBooking & { reply: Reply } {
  const { request, who, key } = command;
  const id = newId();
  const { confirmationNumber, slot } = made;
  return {
    id,
    ...seat,
    residentId: request.residentId,
    doseNumber: request.doseNumber,
    confirmationNumber,
    bookedBy: who.actorId,
    command: { actorId: who.actorId, key, digest: digestOf(canonicalJson(request)) },
    reply: { reservationId: id, confirmationNumber, slot: slotView(slot, 0) },
  };
}

/** The fact and the log entry of one booking, under the name of who asked for it. */
function tell(tx: Transaction, booking: NewBooking, of: { who: Who; slot: SlotRow }): void {
  const { id, residentId, doseNumber, slotId } = booking;
  const { who, slot } = of;
  tx.record({
    type: reservationBooked,
    aggregateId: id,
    aggregateVersion: 1,
    payload: {
      reservationId: id,
      residentId,
      doseNumber,
      venueCode: slot.venueCode,
      date: slot.date,
    },
  });
  tx.audit(
    {
      action: 'change',
      operation: OPERATION,
      outcome: 'done',
      residents: [residentId],
      detail: { reservationId: id, slotId, dose: doseNumber },
    },
    who,
  );
}

const countedOf = ({ request, who, caseId }: BookingCommand): Counted[] =>
  countedFor({
    caseId,
    residentIds: [request.residentId],
    actorId: countedActor({ sub: who.actorId, role: who.role }),
  });

/** Is it a command of those who took seats and gave them back too often today? */
const isBarred = (command: BookingCommand, suspected: ReadonlySet<string>): boolean =>
  suspected.size > 0 &&
  countedOf(command).some(({ per, subject }) => suspected.has(`${per}/${subject}`));

function tellBarred(tx: Transaction, { request, who }: BookingCommand): void {
  tx.audit(
    {
      action: 'refusal',
      operation: OPERATION,
      outcome: 'refused',
      residents: [request.residentId],
      detail: { kind: 'hoarding' },
    },
    who,
  );
}

/**
 * Everything that the commands hang on, under their locks; asked for at once, answered in this order: slots,
 * which others want too, are locked last.
 */
async function learn(tx: Transaction, commands: readonly BookingCommand[], now: Date) {
  const [, stored, suspected, drawn, facts] = await Promise.all([
    lockResidents(
      tx,
      commands.map(({ request }) => request.residentId),
    ),
    recallReplies(
      tx.query,
      OPERATION,
      commands.map(({ who, key }) => ({ actorId: who.actorId, key })),
    ),
    suspectedAmong(tx.query, 'hoarding', { counted: commands.flatMap(countedOf), now }),
    freshNumbers(tx.query, Math.min(commands.length, DRAWN_AHEAD)),
    loadFacts(tx.query, commands.map(askedBy), now),
  ]);
  return { known: new Map(stored.map((one) => [nameOf(one), one])), suspected, facts, drawn };
}

async function commitIn(
  tx: Transaction,
  commands: readonly BookingCommand[],
  of: { municipalityCode: string; now: Date },
): Promise<BookingAnswer[]> {
  const { known, suspected, facts, drawn } = await learn(tx, commands, of.now);
  const answers = new Map<BookingCommand, BookingAnswer>();
  const fresh: BookingCommand[] = [];
  for (const command of commands) {
    const stored = known.get(nameOf({ actorId: command.who.actorId, key: command.key }));
    if (stored) answers.set(command, recall(command, stored));
    else if (isBarred(command, suspected)) {
      tellBarred(tx, command);
      answers.set(command, refuse('seat_budget_exceeded'));
    } else fresh.push(command);
  }
  const decided = decideBookings(fresh.map(askedBy), facts);
  const needed = decided.filter(({ ok: taken }) => taken).length;
  const numbers = needed <= drawn.length ? drawn : await freshNumbers(tx.query, needed);
  const bookings: NewBooking[] = [];
  for (const [index, command] of fresh.entries()) {
    const one = decided[index];
    if (!one) continue;
    const slot = one.ok ? facts.slots.get(one.value.slotId) : undefined;
    if (!one.ok || !slot) {
      answers.set(command, one.ok ? refuse('slot_not_found') : one);
      continue;
    }
    const confirmationNumber = numbers[bookings.length] ?? '';
    const booking = bookingOf(command, one.value, { confirmationNumber, slot });
    tell(tx, booking, { who: command.who, slot });
    bookings.push(booking);
    answers.set(command, ok(booking.reply));
  }
  writeBookings(tx, bookings, { operation: OPERATION, ...of });
  return commands.map((command) => {
    const answer = answers.get(command);
    if (!answer) throw new Error('a booking without an answer');
    return answer;
  });
}

/**
 * Books what was asked for in one transaction: residents locked, answers given before recalled, facts read
 * under locks, decided one after the other in memory, written by one statement, each told and logged under
 * the name of who asked.
 */
export function commitBookings(runtime: Runtime) {
  const { database, clock } = runtime;
  const municipalityCode = runtime.config.MUNICIPALITY_CODE;
  return async (
    commands: readonly BookingCommand[],
    decided: () => void,
  ): Promise<BookingAnswer[]> => {
    const [first] = commands;
    if (!first) return [];
    return database.transaction(first.who, async (tx) => {
      const answers = await commitIn(tx, commands, { municipalityCode, now: clock.now() });
      decided();
      return answers;
    });
  };
}

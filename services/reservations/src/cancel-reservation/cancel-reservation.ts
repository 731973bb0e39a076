import type {
  cancelReservation as CancelReservation,
  ReplyOf,
  RequestOf,
} from '@madoguchi/contracts';
import { reservationCancelled, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { assertNever, ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { countedIn } from '../domain/budget-subjects.ts';
import { decideCancel } from '../domain/decide-cancel.ts';
import { mayBook } from '../domain/purposes.ts';
import { countUses } from '../store/budget-store.ts';
import { giveBackSeat } from '../store/freed-seat.ts';
import { findPerson } from '../store/person-store.ts';
import type { ReservationRow } from '../store/reservation-store.ts';
import { lockBooked, lockReservation, markCancelled } from '../store/reservation-store.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import type { SlotRow } from '../store/slot-store.ts';
import { lockSlots } from '../store/slot-store.ts';
import { lockResident } from '../store/take-seat.ts';

const OPERATION = 'reservations.cancel-reservation';

type Request = RequestOf<typeof CancelReservation>;
type Reply = ReplyOf<typeof CancelReservation>;
type Booking = ReservationRow & { slot: SlotRow; date: CalendarDate; productCode: string };
type Cancelling = { request: Request; context: OperationContext; now: Date };

/** The seat comes back, and whoever has to know is told. */
async function cancelOne(
  tx: Transaction,
  row: Booking,
  { request, now }: Cancelling,
): Promise<void> {
  const { slot, slotId, channel } = row;
  await giveBackSeat(tx.query, { slotId, channel, was: 'booked' });
  await markCancelled(tx.query, row.id, { reason: request.reason, now });
  tx.record({
    type: reservationCancelled,
    aggregateId: row.id,
    aggregateVersion: row.version + 1,
    payload: {
      reservationId: row.id,
      residentId: row.residentId,
      doseNumber: row.doseNumber,
      venueCode: slot.venueCode,
      date: slot.date,
    },
  });
  tx.audit({
    action: 'change',
    operation: OPERATION,
    outcome: 'done',
    residents: [row.residentId],
    detail: { reservationId: row.id, reason: request.reason },
  });
}

async function cancelAll(
  tx: Transaction,
  bookings: readonly Booking[],
  cancelling: Cancelling,
): Promise<Reply> {
  for (const booking of bookings) await cancelOne(tx, booking, cancelling);
  const { request, context, now } = cancelling;
  const counted = countedIn(context, request.residentId);
  await countUses(tx, 'hoarding', { counted, now });
  const [, ...following] = bookings;
  return {
    reservationId: request.reservationId,
    state: 'cancelled',
    alsoCancelled: following.map(({ id }) => id),
  };
}

/** Bookings that can still be cancelled, with their slots, all of them locked. */
async function lockAll(tx: Transaction, residentId: string): Promise<Booking[]> {
  const rows = await lockBooked(tx.query, residentId);
  const slots = await lockSlots(
    tx.query,
    rows.map(({ slotId }) => slotId),
  );
  return rows.map((row) => {
    const slot = slots.get(row.slotId);
    if (!slot) throw new Error('a reservation without its slot');
    return { ...row, slot, date: slot.date, productCode: slot.productCode };
  });
}

async function cancel(tx: Transaction, cancelling: Cancelling) {
  const { request } = cancelling;
  const { residentId, reservationId, withFollowing = false, expectedVersion } = request;
  await lockResident(tx, residentId);
  const booked = await lockAll(tx, residentId);
  const booking = booked.find(({ id }) => id === reservationId);
  if (!booking)
    return (await lockReservation(tx.query, reservationId, residentId))
      ? refuse('reservation_not_changeable')
      : refuse('reservation_not_found');
  const person = await findPerson(tx.query, residentId);
  const rules = await readRulebook(tx.query, cancelling.now);
  const asked = { booking, withFollowing, expectedVersion };
  const decision = decideCancel(asked, booked, { person, rules });
  switch (decision.outcome) {
    case 'changed-meanwhile':
      return refuse('reservation_changed_meanwhile', { version: booking.version });
    case 'others-hang-on-it':
      return refuse('following_dose_booked', {
        following: decision.following.map(({ id, doseNumber, date }) => ({
          reservationId: id,
          doseNumber,
          date,
        })),
      });
    case 'cancel':
      return ok(await cancelAll(tx, decision.bookings, cancelling));
    default:
      return assertNever(decision);
  }
}

/** Cancels with a reason and frees the seat, once; doses that hang on it only when that was asked for. */
export function cancelReservation(runtime: Runtime): Handler<typeof CancelReservation> {
  return async (request, context) => {
    if (!mayBook(context.grant?.purposes ?? [])) return refuse('purpose_not_allowed');
    const command = commandOf(context, OPERATION, request);
    const now = runtime.clock.now();
    const cancelled = await runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => cancel(tx, { request, context, now })),
    );
    if (cancelled.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'reservations',
      });
    return cancelled;
  };
}

import type { Finding } from './finding.ts';
import type { ReservationRow, Tables } from './read-tables.ts';
import type { Booking, Fields } from './seats.ts';
import { CHANGE, channelOf, fieldsOf } from './seats.ts';

const BOOK = 'reservations.book-slot';

/** Where the booking was answered to be last; undefined when commands that overlapped leave it open. */
function answeredLast({ book, made, later }: Booking): Fields | undefined {
  const moves = later.filter(({ operation }) => operation === CHANGE);
  const last = moves.at(-1) ?? book;
  const alone = moves.every(
    (one) => one.outcome === 'done' && (one === last || one.answered <= last.sent),
  );
  return alone ? fieldsOf(last === book ? made['slot'] : last.value['slot']) : undefined;
}

/** The last fact that a booking was made or moved says whose it is, and where, as its caller was told. */
function checkFact(booking: Booking, row: ReservationRow, tables: Tables): Finding[] {
  const fact = tables.events.get(row.id)?.fact;
  const seat = answeredLast(booking);
  if (!fact || seat?.['date'] === undefined) return [];
  const differs =
    fact.residentId !== row.residentId ||
    fact.doseNumber !== row.doseNumber ||
    fact.venueCode !== seat['venueCode'] ||
    fact.date !== seat['date'];
  return differs ? [{ finding: 'event_differs', reservationId: row.id }] : [];
}

/** Who took a slot directly sits on the seats of their own channel. */
function checkChannel({ book, later }: Booking, row: ReservationRow): Finding[] {
  const moved = later.some(({ operation }) => operation === CHANGE);
  if (book.operation !== BOOK || book.request['slotId'] === undefined || moved) return [];
  const channel = channelOf(book);
  return row.channel === channel
    ? []
    : [{ finding: 'channel_differs', reservationId: row.id, channel, is: row.channel }];
}

/** A number that is read out on the telephone names one booking. */
function checkNumbers({ reservations }: Tables): Finding[] {
  const seen = new Map<string, string>();
  return [...reservations.values()].flatMap(({ id, confirmationNumber }): Finding[] => {
    const other = seen.get(confirmationNumber);
    seen.set(confirmationNumber, id);
    return other === undefined ? [] : [{ finding: 'number_twice', reservations: [other, id] }];
  });
}

/** What is told of bookings, the seats they sit on, and their numbers. */
export function checkFacts(bookings: readonly Booking[], tables: Tables): Finding[] {
  return [
    ...bookings.flatMap((booking) => {
      const row = tables.reservations.get(booking.reservationId);
      return row ? [...checkFact(booking, row, tables), ...checkChannel(booking, row)] : [];
    }),
    ...checkNumbers(tables),
  ];
}

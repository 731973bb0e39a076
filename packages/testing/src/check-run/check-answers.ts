import type { Finding } from './finding.ts';
import type { Command, RunRecord } from './read-record.ts';
import type { Tables } from './read-tables.ts';
import type { Booking } from './seats.ts';
import { CANCEL, CHANGE, dosesAsked, isBooking, MARK, mayHaveActed, slotOf } from './seats.ts';

/** Where the booking must be now; undefined when commands that overlapped leave it open. */
function lastSlot({ slotId, later }: Booking): string | undefined {
  const changes = later.filter(({ operation }) => operation !== CANCEL && operation !== MARK);
  if (changes.some(({ operation, outcome }) => operation !== CHANGE || outcome === 'unknown'))
    return undefined;
  const last = changes.at(-1);
  if (!last) return slotId;
  const alone = changes.every((one) => one === last || one.answered <= last.sent);
  return alone ? slotOf(last) : undefined;
}

function checkBooking(booking: Booking, tables: Tables): Finding[] {
  const { reservationId, later } = booking;
  const row = tables.reservations.get(reservationId);
  if (!row) return [{ finding: 'booking_lost', reservationId, why: 'no row' }];
  const cancels = later.filter(({ operation }) => operation === CANCEL);
  const findings: Finding[] = [];
  const wrong = (
    [
      ['residentId', row.residentId, booking.residentId],
      ['doseNumber', row.doseNumber, booking.doseNumber],
      ['confirmationNumber', row.confirmationNumber, booking.confirmationNumber],
    ] as const
  ).find(([, kept, answered]) => kept !== answered);
  if (wrong) findings.push({ finding: 'booking_lost', reservationId, why: `other ${wrong[0]}` });
  const cancelled = cancels.filter(({ outcome }) => outcome === 'done');
  if (cancelled.length > 0 && row.state !== 'cancelled')
    findings.push({ finding: 'cancellation_lost', reservationId });
  if (cancelled.length > 1) findings.push({ finding: 'cancelled_twice', reservationId });
  // Other commands than those of this file may cancel too; they count as perhaps.
  const mayCancel = later.some(({ operation }) => operation !== CHANGE && operation !== MARK);
  if (row.state === 'cancelled' && !mayCancel)
    findings.push({ finding: 'booking_lost', reservationId, why: 'cancelled by nobody' });
  const slotId = lastSlot(booking);
  if (slotId !== undefined && row.slotId !== slotId)
    findings.push({ finding: 'change_lost', reservationId, slotId, is: row.slotId });
  const events = tables.events.get(reservationId) ?? { count: 0, last: 0 };
  if (events.last < row.version || events.count < row.version)
    findings.push({ finding: 'event_missing', reservationId, version: row.version, ...events });
  else if (events.count > row.version)
    findings.push({ finding: 'event_twice', reservationId, version: row.version, ...events });
  return findings;
}

/** All acknowledged attempts of a key say the same. */
function checkReplays(commands: Command[]): Finding[] {
  return commands.flatMap(({ operation, key, attempts }) => {
    const answers = new Set(attempts.filter((one) => one.ok).map((one) => stable(one.value)));
    return answers.size > 1 && key !== undefined
      ? [{ finding: 'replay_differs' as const, operation, key, answers: answers.size }]
      : [];
  });
}

const stable = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

/** Each row of a resident of the run goes back to one command, and each command to one row at most. */
function checkOrigins(record: RunRecord, bookings: Booking[], tables: Tables): Finding[] {
  const acknowledged = new Set(bookings.map((one) => one.reservationId));
  const books = record.commands.filter((one) => isBooking(one) && mayHaveActed(one));
  const started = record.commands.reduce(
    (first, one) => Math.min(first, one.sent),
    Number.POSITIVE_INFINITY,
  );
  const asked = new Set(books.flatMap((one) => dosesAsked(one, tables)));
  // Who was refused is of the run too: a row of theirs has to come from something else.
  const wanted = record.commands.filter(isBooking).flatMap((one) => dosesAsked(one, tables));
  const people = new Set(wanted.map((dose) => dose.split(' ')[0]));
  const open = new Map<string, number>();
  for (const book of books)
    if (book.outcome === 'unknown')
      for (const dose of dosesAsked(book, tables)) open.set(dose, (open.get(dose) ?? 0) + 1);
  const findings: Finding[] = [];
  for (const row of tables.reservations.values()) {
    if (acknowledged.has(row.id) || !people.has(row.residentId) || row.bookedAt < started) continue;
    const dose = `${row.residentId} ${row.doseNumber}`;
    const left = open.get(dose) ?? 0;
    open.set(dose, left - 1);
    if (left > 0) continue;
    const { id: reservationId, residentId, doseNumber } = row;
    const finding = asked.has(dose) ? 'key_counted_twice' : 'unexplained_booking';
    findings.push({ finding, reservationId, residentId, doseNumber });
  }
  return findings;
}

/** What callers were told, against what is there. */
export function checkAnswers(record: RunRecord, bookings: Booking[], tables: Tables): Finding[] {
  return [
    ...bookings.flatMap((booking) => checkBooking(booking, tables)),
    ...checkReplays(record.commands),
    ...checkOrigins(record, bookings, tables),
  ];
}

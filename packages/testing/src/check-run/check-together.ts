import type { Finding } from './finding.ts';
import type { Command, RunRecord } from './read-record.ts';
import type { ReservationRow, SlotRow, Tables } from './read-tables.ts';
import type { Booking } from './seats.ts';
import { ABOUT_MS, CHANGE, dosesAsked, fieldsOf, isBooking, text } from './seats.ts';

const GROUP = 'reservations.book-group';
const COMPANION = 'reservations.book-companion';
/** A seat is beside another up to this many minutes away. */
const BESIDE_WITHIN_MINUTES = 30;

type Seat = Pick<SlotRow, 'venueCode' | 'day' | 'startsAt'>;

const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/** A seat as it was answered. */
function seatOf(booked: Booking): Seat {
  const made = booked.made['slot'];
  const { venueCode, date, startsAt } = fieldsOf(made);
  return { venueCode: text(venueCode), day: text(date), startsAt: text(startsAt) };
}

/** What one command answered it booked. */
const byCommand = (bookings: readonly Booking[]): Map<Command, Booking[]> => {
  const made = new Map<Command, Booking[]>();
  for (const one of bookings) made.set(one.book, [...(made.get(one.book) ?? []), one]);
  return made;
};

/** A command that was acknowledged, with what it booked, among all that the run booked. */
type Done = {
  command: Command;
  made: Booking[];
  known: ReadonlyMap<string, Booking>;
  tables: Tables;
};

/** Acknowledged: each dose that was asked for is among what was answered, and nothing else. */
function checkAcknowledged({ command, made, tables }: Done): Finding[] {
  const asked = dosesAsked(command, tables).toSorted();
  const answered = made.map((one) => `${one.residentId} ${one.doseNumber}`).toSorted();
  if (Math.max(asked.length, answered.length) < 2 || asked.join() === answered.join()) return [];
  const { operation } = command;
  return [{ finding: 'half_done', operation, asked: asked.length, booked: answered.length }];
}

/** Never acknowledged: of the rows that only this command can have made there are all, or none. */
function checkOpen(
  command: Command,
  of: { rows: readonly ReservationRow[]; asking: ReadonlyMap<string, number>; tables: Tables },
): Finding[] {
  const { rows, asking, tables } = of;
  const asked = dosesAsked(command, tables);
  if (asked.length < 2 || asked.some((dose) => asking.get(dose) !== 1)) return [];
  const made = rows.filter(
    (row) =>
      asked.includes(`${row.residentId} ${row.doseNumber}`) &&
      row.bookedAt >= command.sent - ABOUT_MS &&
      row.bookedAt <= command.answered + ABOUT_MS,
  );
  if (made.length === 0 || made.length === asked.length) return [];
  const { operation } = command;
  return [{ finding: 'half_done', operation, asked: asked.length, booked: made.length }];
}

/** All of a family or facility sit at one venue and day, from the slot that was chosen on, within the span. */
function checkGroup({ command, made, tables }: Done): Finding[] {
  const chosen = tables.slots.get(text(command.request['slotId']));
  const span = Number(command.request['spanMinutes'] ?? 60);
  if (!chosen) return [];
  return made.flatMap((one): Finding[] => {
    const seat = seatOf(one);
    const apart = minutes(seat.startsAt) - minutes(chosen.startsAt);
    const together =
      seat.venueCode === chosen.venueCode && seat.day === chosen.day && apart >= 0 && apart <= span;
    return together
      ? []
      : [{ finding: 'group_apart', reservationId: one.reservationId, minutes: apart, span }];
  });
}

/** Where a booking surely was when a command was sent that ended later; undefined when it may have moved. */
function slotAt(booking: Booking, during: Command, tables: Tables): SlotRow | undefined {
  const moves = booking.later.filter(({ operation }) => operation === CHANGE);
  if (moves.some((one) => one.sent <= during.answered && one.answered >= during.sent))
    return undefined;
  const before = moves.filter((one) => one.answered < during.sent);
  if (before.some(({ outcome }) => outcome === 'unknown')) return undefined;
  const last = before.at(-1);
  const slotId = last ? text(fieldsOf(last.value['slot'])['slotId']) : booking.slotId;
  return tables.slots.get(slotId);
}

/** A companion sits at the same venue and day, as far away as was answered, and no further than half an hour. */
function checkCompanion({ command, made, known, tables }: Done): Finding[] {
  const beside = known.get(text(command.request['besideReservationId']));
  const place = beside && slotAt(beside, command, tables);
  const [companion] = made;
  if (!place || !companion) return [];
  const seat = seatOf(companion);
  const apart = minutes(seat.startsAt) - minutes(place.startsAt);
  const together =
    seat.venueCode === place.venueCode &&
    seat.day === place.day &&
    apart === Number(command.value['minutesApart']) &&
    Math.abs(apart) <= BESIDE_WITHIN_MINUTES;
  const { reservationId } = companion;
  return together ? [] : [{ finding: 'companion_apart', reservationId, minutes: apart }];
}

/** Bookings that hang together: both of a pair, all of a group, or none; and who wanted to sit together does. */
export function checkTogether(
  record: RunRecord,
  bookings: readonly Booking[],
  tables: Tables,
): Finding[] {
  const made = byCommand(bookings);
  const known = new Map(bookings.map((one) => [one.reservationId, one]));
  const unclaimed = [...tables.reservations.values()].filter(({ id }) => !known.has(id));
  const open = record.commands.filter((one) => isBooking(one) && one.outcome !== 'done');
  const asking = new Map<string, number>();
  for (const command of open)
    for (const dose of dosesAsked(command, tables)) asking.set(dose, (asking.get(dose) ?? 0) + 1);
  const of = { rows: unclaimed, asking, tables };
  return [
    ...[...made].flatMap(([command, seats]) => {
      const done = { command, made: seats, known, tables };
      return [
        ...checkAcknowledged(done),
        ...(command.operation === GROUP ? checkGroup(done) : []),
        ...(command.operation === COMPANION ? checkCompanion(done) : []),
      ];
    }),
    ...open.flatMap((command) => checkOpen(command, of)),
  ];
}

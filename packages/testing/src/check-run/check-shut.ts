import type { Finding } from './finding.ts';
import type { Command, RunRecord } from './read-record.ts';
import type { SlotRow, Tables } from './read-tables.ts';
import type { Booking } from './seats.ts';
import { ABOUT_MS, CHANGE, mayHaveActed, slotOf, text } from './seats.ts';

const CLOSES = new Set(['reservations.close-session', 'reservations.close-venue-days']);
const OPENS = new Set([
  'reservations.reopen-session',
  'reservations.open-session',
  'reservations.copy-sessions',
  'reservations.import-sessions',
]);

/** Is the slot of the session, or of the venue's days, that a command closed? */
function isMeant({ request }: Command, slot: SlotRow): boolean {
  if (request['sessionId'] !== undefined) return request['sessionId'] === slot.sessionId;
  const { venueCode, from, to } = request;
  return venueCode === slot.venueCode && text(from) <= slot.day && slot.day <= text(to);
}

type Closing = { closing: Command; closedAt: number };
/** What closes and opens, told once from a record of a million commands. */
type Doors = { closings: readonly Closing[]; openings: readonly Command[] };

const doorsIn = ({ commands }: RunRecord): Doors => ({
  closings: commands.flatMap((closing) =>
    CLOSES.has(closing.operation) && closing.acknowledged !== undefined
      ? [{ closing, closedAt: closing.acknowledged }]
      : [],
  ),
  openings: commands.filter((one) => OPENS.has(one.operation) && mayHaveActed(one)),
});

/** Was the seat surely taken before its slot opened, after it closed, or while its session was closed? */
function takenWhileShut(taking: Command, slot: SlotRow, { closings, openings }: Doors): boolean {
  const { sent, acknowledged = Infinity, answered } = taking;
  if (sent > slot.closesAt + ABOUT_MS || acknowledged < slot.opensAt - ABOUT_MS) return true;
  return closings.some(
    ({ closing, closedAt }) =>
      isMeant(closing, slot) &&
      closedAt < sent &&
      !openings.some((one) => one.answered > closing.sent && one.sent < answered),
  );
}

const startOf = ({ day, startsAt }: SlotRow): number => Date.parse(`${day}T${startsAt}:00+09:00`);

/** Nothing is taken away silently: who was booked when a session was closed is somebody to be called. */
function checkCalls({ closings }: Doors, bookings: readonly Booking[], tables: Tables): Finding[] {
  return closings.flatMap(({ closing, closedAt }) =>
    bookings.flatMap(({ reservationId, book }): Finding[] => {
      const row = tables.reservations.get(reservationId);
      const slot = row && tables.slots.get(row.slotId);
      if (row?.state !== 'booked' || !slot || !isMeant(closing, slot)) return [];
      const wasThere = (book.acknowledged ?? Infinity) < closing.sent;
      if (!wasThere || startOf(slot) < closedAt || tables.called.has(reservationId)) return [];
      return [{ finding: 'nobody_called', reservationId, slotId: slot.id }];
    }),
  );
}

/** No channel takes a seat of a slot that is not open; who loses theirs by a closing is called. */
export function checkShut(
  record: RunRecord,
  bookings: readonly Booking[],
  tables: Tables,
): Finding[] {
  const doors = doorsIn(record);
  const taken = bookings.flatMap(({ reservationId, slotId, book, later }) =>
    [book, ...later.filter(({ operation, outcome }) => operation === CHANGE && outcome === 'done')]
      .map((taking) => ({
        taking,
        slot: tables.slots.get(taking === book ? slotId : slotOf(taking)),
      }))
      .flatMap(({ taking, slot }): Finding[] =>
        slot && takenWhileShut(taking, slot, doors)
          ? [{ finding: 'taken_while_shut', reservationId, slotId: slot.id }]
          : [],
      ),
  );
  return [...taken, ...checkCalls(doors, bookings, tables)];
}

import type { Command, RunRecord } from './read-record.ts';
import type { Channel, ReservationRow, Tables } from './read-tables.ts';
import { HOLD_GRACE_MS } from './check-tables.ts';

type Span = { from: number; to: number };

/**
 * A seat that a booking or hold sat on. `sure`: it was taken for all of that time, whatever happened
 * between sending and answering. `possible`: it cannot have been taken at any other time.
 */
export type Stay = {
  id: string;
  what: 'booking' | 'hold';
  slotId: string;
  residentId: string;
  doseNumber: number;
  channel?: Channel;
  sure?: Span;
  possible: Span;
  /** Of a hold: when something ended it, its time aside; a run that has settled has no trace of it. */
  endedAt?: number;
};

/** A booking that the run acknowledged, with all that was asked of it later, in order of sending. */
export type Booking = { reservationId: string; book: Command; later: Command[] };

export const BOOK = 'reservations.book-slot';
export const CHANGE = 'reservations.change-reservation';
export const CANCEL = 'reservations.cancel-reservation';
export const HOLD = 'reservations.hold-slot';
export const RELEASE = 'reservations.release-hold';

/** Commands by which the administration of a session ends holds of it. */
const ENDS_HOLDS: ReadonlySet<string> = new Set([
  'reservations.close-session',
  'reservations.close-venue-days',
  'reservations.change-capacity',
]);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const mayHaveActed = ({ outcome }: Command): boolean => outcome !== 'refused';

/** The slot a command was about: as answered, or as asked. */
export const slotOf = ({ value, request }: Command): string =>
  text((value['slot'] as Record<string, unknown> | undefined)?.['slotId']) ||
  text(request['slotId']);

const CHANNEL_OF: Record<string, Channel> = {
  resident: 'web',
  'city-staff': 'staff',
  'operations-manager': 'staff',
  'venue-staff': 'walk-in',
};
export const channelOf = (command: Command): Channel => CHANNEL_OF[command.role] ?? 'phone';

const first = (times: number[]): number => Math.min(Infinity, ...times);

/** Bookings that a command is about: the one that was meant, and later doses cancelled with it. */
function namedBy({ request, value }: Command): string[] {
  const also = Array.isArray(value['alsoCancelled']) ? value['alsoCancelled'] : [];
  return [request['reservationId'], ...(also as unknown[])].map(text).filter((id) => id !== '');
}

/** Bookings that were acknowledged, each with the commands that name it. */
export function bookingsOf({ commands }: RunRecord): Booking[] {
  const naming = new Map<string, Command[]>();
  for (const command of commands.filter(mayHaveActed))
    for (const id of namedBy(command)) naming.set(id, [...(naming.get(id) ?? []), command]);
  return commands
    .filter(({ operation, outcome }) => operation === BOOK && outcome === 'done')
    .map((book) => {
      const reservationId = text(book.value['reservationId']);
      const later = (naming.get(reservationId) ?? []).toSorted((a, b) => a.sent - b.sent);
      return { reservationId, book, later };
    });
}

/** Commands that were under way at the same time may have acted in either order. */
const overlap = (one: Command, other: Command): boolean =>
  one !== other && one.sent < other.answered && other.sent < one.answered;

function staysOfBooking({ reservationId, book, later }: Booking): Stay[] {
  const { residentId, doseNumber } = book.request;
  return [book, ...later.filter(({ operation }) => operation === CHANGE)].map((taking) => {
    const after = later.filter((one) => one !== taking && one.sent >= taking.sent);
    const left = after.filter(
      (one) =>
        one.acknowledged !== undefined &&
        (one.operation === CHANGE || one.operation === CANCEL) &&
        one.sent >= taking.answered,
    );
    const certain = taking.acknowledged !== undefined && !later.some((one) => overlap(one, taking));
    const sure = {
      from: taking.acknowledged ?? Infinity,
      to: first(after.map((one) => one.sent)),
    };
    return {
      id: reservationId,
      what: 'booking' as const,
      slotId: slotOf(taking),
      residentId: text(residentId),
      doseNumber: Number(doseNumber),
      channel: channelOf(taking),
      ...(certain ? { sure } : {}),
      possible: { from: taking.sent, to: first(left.map((one) => one.acknowledged ?? Infinity)) },
    };
  });
}

/** Longer than any hold lives: of one that was never answered, its end is not known. */
const UNKNOWN_HOLD_MS = 600_000;

/** Until the end of a case has reached everybody: an event that was under way in a crash comes again after 30 s. */
const CASE_GRACE_MS = 60_000;

const dose = ({ request }: Command): string =>
  `${text(request['residentId'])} ${String(request['doseNumber'])}`;

function staysOfHolds(record: RunRecord): Stay[] {
  const holds = new Map<string, Command[]>();
  const using = new Map<string, Command[]>();
  for (const command of record.commands.filter(mayHaveActed)) {
    const holdId = text(command.request['holdId']);
    if (holdId !== '') using.set(holdId, [...(using.get(holdId) ?? []), command]);
    if (command.operation === HOLD)
      holds.set(dose(command), [...(holds.get(dose(command)) ?? []), command]);
  }
  const administered = record.commands.filter(
    (command) => mayHaveActed(command) && ENDS_HOLDS.has(command.operation),
  );
  return [...holds.values()].flatMap((ofDose) =>
    ofDose.map((hold) => {
      const id = text(hold.value['holdId']);
      const others = ofDose.filter((one) => one !== hold && one.answered > hold.sent);
      const ending = [...(using.get(id) ?? []), ...others];
      const ended = ending.filter((one) => one.sent >= hold.answered);
      const endedBy = first(ended.map((one) => one.acknowledged ?? Infinity));
      // Whose session it was is not asked: from then on the hold is not sure to be there.
      const perhapsEnded = administered.filter((one) => one.answered > hold.sent);
      const expiresAt = Date.parse(text(hold.value['expiresAt']));
      const caseEnds = record.casesEnded.get(hold.caseId ?? '') ?? Infinity;
      const lastly = Number.isNaN(expiresAt) ? hold.answered + UNKNOWN_HOLD_MS : expiresAt;
      return {
        id,
        what: 'hold' as const,
        slotId: slotOf(hold),
        residentId: text(hold.request['residentId']),
        doseNumber: Number(hold.request['doseNumber']),
        channel: channelOf(hold),
        endedAt: Math.min(endedBy, caseEnds),
        ...(hold.acknowledged === undefined
          ? {}
          : {
              sure: {
                from: hold.acknowledged,
                to: Math.min(
                  lastly,
                  caseEnds,
                  first([...ending, ...perhapsEnded].map((one) => one.sent)),
                ),
              },
            }),
        possible: {
          from: hold.sent,
          to: Math.min(lastly + HOLD_GRACE_MS, caseEnds + CASE_GRACE_MS, endedBy),
        },
      };
    }),
  );
}

/** A booking whose command was never answered: taken perhaps from then on. */
const stayOfUnanswered = (book: Command, heldSlots: ReadonlyMap<string, string>): Stay => ({
  id: '',
  what: 'booking',
  slotId: slotOf(book) || (heldSlots.get(text(book.request['holdId'])) ?? ''),
  residentId: text(book.request['residentId']),
  doseNumber: Number(book.request['doseNumber']),
  channel: channelOf(book),
  possible: { from: book.sent, to: Infinity },
});

function stayOfRow(row: ReservationRow): Stay {
  const span = { from: row.bookedAt, to: row.cancelledAt ?? Infinity };
  const { id, slotId, residentId, doseNumber, channel } = row;
  return {
    id,
    what: 'booking',
    slotId,
    residentId,
    doseNumber,
    channel,
    sure: span,
    possible: span,
  };
}

/** Every seat that was taken in the run, and those that were taken before it or beside it. */
export function staysOf(record: RunRecord, bookings: Booking[], tables: Tables): Stay[] {
  const known = new Set(bookings.map((one) => one.reservationId));
  const unanswered = record.commands.filter(
    ({ operation, outcome }) => operation === BOOK && outcome === 'unknown',
  );
  const perhaps = new Set(unanswered.map((one) => dose(one)));
  const others = [...tables.reservations.values()].filter(
    (row) => !known.has(row.id) && !perhaps.has(`${row.residentId} ${row.doseNumber}`),
  );
  const holds = staysOfHolds(record);
  const heldSlots = new Map(holds.map((hold) => [hold.id, hold.slotId]));
  return [
    ...bookings.flatMap(staysOfBooking),
    ...holds,
    ...unanswered.map((book) => stayOfUnanswered(book, heldSlots)),
    ...others.map(stayOfRow),
  ];
}

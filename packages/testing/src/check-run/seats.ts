import type { Command, RunRecord } from './read-record.ts';
import type { Channel, ReservationRow, Tables } from './read-tables.ts';
import type { OfferRow } from './read-waiting-list.ts';
import { HOLD_GRACE_MS } from './check-tables.ts';

export type Fields = Readonly<Record<string, unknown>>;
export const fieldsOf = (value: unknown): Fields => (value ?? {}) as Fields;

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
export type Booking = {
  reservationId: string;
  confirmationNumber: string;
  residentId: string;
  doseNumber: number;
  slotId: string;
  book: Command;
  /** What its command answered about it. */
  made: Fields;
  later: Command[];
};

export const CHANGE = 'reservations.change-reservation';
export const CANCEL = 'reservations.cancel-reservation';
/** Attended, missed or turned back: the seat stays theirs. */
export const MARK = 'reservations.record-attendance';
export const HOLD = 'reservations.hold-slot';
export const RELEASE = 'reservations.release-hold';

/** Commands by which the administration of a session ends holds of it. */
const ENDS_HOLDS: ReadonlySet<string> = new Set([
  'reservations.close-session',
  'reservations.close-venue-days',
  'reservations.change-capacity',
]);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const ACCEPT = 'reservations.accept-offer';
/** Commands that make bookings: of one seat, a pair, a family, a facility, a companion, an offer. */
export const isBooking = ({ operation }: Command): boolean =>
  operation === ACCEPT || operation.startsWith('reservations.book-');

const isOpen = ({ outcome }: Command): boolean => outcome === 'unknown';
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
export const channelOf = ({ operation, role }: Command): Channel =>
  operation === 'reservations.book-walk-in' ? 'walk-in' : (CHANNEL_OF[role] ?? 'phone');

const first = (times: number[]): number => Math.min(Infinity, ...times);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** What a booking command answered, one or several. */
const madeBy = ({ value }: Command): Fields[] =>
  'bookings' in value ? listOf(value['bookings']).map(fieldsOf) : [value];

/** Whose doses a booking command asks for, as `resident dose`; of an offer the dose stands in the tables. */
export function dosesAsked({ operation, request }: Command, tables: Tables): string[] {
  const members = listOf(request['members']).map(fieldsOf);
  if (members.length > 0)
    return members.map((one) => `${text(one['residentId'])} ${String(one['doseNumber'])}`);
  const resident = text(request['residentId']);
  const offer = tables.waiting.offers.get(text(request['offerId']));
  const first = Number(request['doseNumber'] ?? offer?.doseNumber ?? 1);
  const doses = operation === 'reservations.book-pair' ? [first, first + 1] : [first];
  return doses.map((one) => `${resident} ${one}`);
}

/** Bookings that a command is about: the one that was meant, and later doses cancelled with it. */
function namedBy({ operation, request, value }: Command): string[] {
  // A visitor may be named by the number on their paper.
  const visitor = operation === MARK ? [value['reservationId']] : [];
  const named = [request['reservationId'], ...listOf(value['alsoCancelled']), ...visitor];
  return [...new Set(named.map(text))].filter((id) => id !== '');
}

/** Bookings that were acknowledged, each with the commands that name it. */
export function bookingsOf({ commands }: RunRecord, tables: Tables): Booking[] {
  const naming = new Map<string, Command[]>();
  for (const command of commands.filter(mayHaveActed))
    for (const id of namedBy(command)) naming.set(id, [...(naming.get(id) ?? []), command]);
  // Which later doses went with one that was cancelled, only its answer says.
  const perhaps = commands.filter(
    (one) => one.operation === CANCEL && one.request['withFollowing'] === true && isOpen(one),
  );
  const perhapsOf = Map.groupBy(perhaps, (one) => text(one.request['residentId']));
  return commands
    .filter((one) => isBooking(one) && one.outcome === 'done')
    .flatMap((book) =>
      madeBy(book).map((made) => {
        const reservationId = text(made['reservationId']);
        const row = tables.reservations.get(reservationId);
        const residentId = text(made['residentId']) || text(book.request['residentId']);
        const named = [...(naming.get(reservationId) ?? []), ...(perhapsOf.get(residentId) ?? [])];
        const asked = made['doseNumber'] ?? book.request['doseNumber'] ?? row?.doseNumber;
        return {
          reservationId,
          confirmationNumber: text(made['confirmationNumber']),
          residentId,
          doseNumber: Number(asked),
          slotId: text(fieldsOf(made['slot'])['slotId']),
          book,
          made,
          later: [...new Set(named)].toSorted((a, b) => a.sent - b.sent),
        };
      }),
    );
}

/** Commands that were under way at the same time may have acted in either order. */
const overlap = (one: Command, other: Command): boolean =>
  one !== other && one.sent < other.answered && other.sent < one.answered;

function staysOfBooking(booking: Booking): Stay[] {
  const { reservationId, residentId, doseNumber, book, later } = booking;
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
      slotId: taking === book ? booking.slotId : slotOf(taking),
      residentId,
      doseNumber,
      channel: channelOf(taking),
      ...(certain ? { sure } : {}),
      possible: { from: taking.sent, to: first(left.map((one) => one.acknowledged ?? Infinity)) },
    };
  });
}

/** Longer than any hold lives: of one that was never answered, its end is not known. */
const UNKNOWN_HOLD_MS = 600_000;

/** Until the end of a case has reached everybody: an event that was under way in a crash comes again, each time seconds later. */
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

/** Clocks may differ by so much, and commits come so much after the times that stand in their rows. */
export const ABOUT_MS = 5_000;

/** The seat kept for an offer, from what the tables say of it. */
function stayOfOffer({ residentId, doseNumber, channel, ...offer }: OfferRow): Stay {
  const end = offer.endedAt ?? Infinity;
  return {
    id: '',
    what: 'hold',
    slotId: offer.slotId,
    residentId,
    doseNumber,
    channel,
    sure: { from: offer.offeredAt + ABOUT_MS, to: end },
    possible: { from: offer.offeredAt - ABOUT_MS, to: end + ABOUT_MS },
  };
}

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
  const unanswered = record.commands.filter((one) => isBooking(one) && one.outcome === 'unknown');
  const perhaps = new Set(unanswered.flatMap((one) => dosesAsked(one, tables)));
  const others = [...tables.reservations.values()].filter(
    (row) => !known.has(row.id) && !perhaps.has(`${row.residentId} ${row.doseNumber}`),
  );
  const holds = staysOfHolds(record);
  const heldSlots = new Map(holds.map((hold) => [hold.id, hold.slotId]));
  return [
    ...bookings.flatMap(staysOfBooking),
    ...holds,
    ...unanswered.map((book) => stayOfUnanswered(book, heldSlots)),
    ...[...tables.waiting.offers.values()].map(stayOfOffer),
    ...others.map(stayOfRow),
  ];
}

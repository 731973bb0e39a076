import { z } from 'zod';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import {
  RESERVATION_STATES,
  ReservationFact,
  ReservationView,
  SERVING,
  SlotView,
  TAKING_A_SEAT,
} from './reservations.ts';
import { Code, DoseNumber, Id, IsoDate, typedText, VenueCode, WallTime } from './shapes.ts';

/** As read out or typed: full-width digits, any dash, blanks. */
const TypedNumber = typedText(60);

export const findReservation = defineOperation({
  service: 'reservations',
  name: 'find-reservation',
  kind: 'query',
  summary:
    'The booking of a number that the caller says, where it is one of a resident of the grant.',
  request: z.strictObject({ confirmationNumber: TypedNumber }),
  reply: z.strictObject({ residentId: Id, reservation: ReservationView.schema }),
  refusals: ['reservation_not_found', 'confirmation_number_mistyped'],
  allow: SERVING,
  needs: 'grant',
  // Who it is about is known only once the number is looked up; it is compared with the grant then.
  residentsOf: () => [],
});

export const findVisitor = defineOperation({
  service: 'reservations',
  name: 'find-visitor',
  kind: 'query',
  summary:
    "A visitor's booking of today at this venue: by confirmation number and birth date together, or of a resident who was verified for the day. Who comes together with them is shown beside.",
  request: z
    .strictObject({
      venueCode: VenueCode,
      confirmationNumber: TypedNumber.optional(),
      dateOfBirth: IsoDate.optional(),
      /** With a venue-day grant of the resident, instead of the two. */
      residentId: Id.optional(),
    })
    .refine(
      ({ confirmationNumber, dateOfBirth, residentId }) =>
        residentId === undefined
          ? confirmationNumber !== undefined && dateOfBirth !== undefined
          : confirmationNumber === undefined && dateOfBirth === undefined,
      { message: 'confirmationNumber and dateOfBirth, or residentId alone' },
    ),
  reply: z.strictObject({
    residentId: Id,
    reservation: ReservationView.schema,
    /** Bookings of today here of those who come together with them: a companion, a family, a facility. */
    together: z.array(ReservationView.schema),
  }),
  refusals: ['not_at_this_venue', 'reservation_not_found', 'confirmation_number_mistyped'],
  allow: ['venue-staff'],
  needs: 'case',
});

export const ATTENDANCE = ['attended', 'missed', 'turned-back'] as const;

/** Why a visitor was turned back at screening, as far as it may be written down here. */
export const TURNED_BACK_REASONS = ['screening', 'own-wish', 'papers', 'other'] as const;

export const recordAttendance = defineOperation({
  service: 'reservations',
  name: 'record-attendance',
  kind: 'command',
  summary:
    'Marks a booking of today at this venue as attended, missed, or turned back at screening.',
  request: z
    .strictObject({
      venueCode: VenueCode,
      outcome: z.enum(ATTENDANCE),
      /** Why somebody was turned back; nothing of their health. */
      reason: z.enum(TURNED_BACK_REASONS).optional(),
      /** With a venue-day grant of the resident. */
      reservationId: Id.optional(),
      /** From the paper the visitor shows. */
      confirmationNumber: TypedNumber.optional(),
      /** Version of the booking that was looked at; refused when it has changed since. */
      expectedVersion: z.int().positive().optional(),
    })
    .refine(({ outcome, reason }) => reason === undefined || outcome === 'turned-back', {
      message: 'a reason is given only for turned-back',
      path: ['reason'],
    })
    .refine(
      (request) =>
        (request.reservationId === undefined) !== (request.confirmationNumber === undefined),
      { message: 'exactly one of reservationId and confirmationNumber' },
    ),
  reply: z.strictObject({
    reservationId: Id,
    state: z.enum(RESERVATION_STATES),
    version: z.int().positive(),
  }),
  refusals: [
    'not_at_this_venue',
    'reservation_not_found',
    'reservation_not_changeable',
    'reservation_changed_meanwhile',
    'confirmation_number_mistyped',
  ],
  allow: ['venue-staff', 'city-staff'],
  needs: 'case',
  idempotent: true,
});

export const bookWalkIn = defineOperation({
  service: 'reservations',
  name: 'book-walk-in',
  kind: 'command',
  summary:
    'Books somebody who stands at the venue today on a seat of the walk-ins; they are there.',
  request: z.strictObject({
    residentId: Id,
    doseNumber: DoseNumber,
    venueCode: VenueCode,
    productCode: Code.optional(),
    /** The next free slot of the day where absent. */
    slotId: Id.optional(),
  }),
  reply: z.strictObject({ reservationId: Id, confirmationNumber: z.string(), slot: SlotView }),
  refusals: ['not_at_this_venue', ...TAKING_A_SEAT, 'seat_budget_exceeded'],
  allow: ['venue-staff', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

/** A start of the day: its seats, and what became of the bookings. */
export const VenueDaySlot = z.strictObject({
  slotId: Id,
  startsAt: WallTime,
  productCode: Code,
  closed: z.boolean(),
  capacity: z.int().min(0),
  /** Booked and not marked yet. */
  expected: z.int().min(0),
  attended: z.int().min(0),
  turnedBack: z.int().min(0),
  missed: z.int().min(0),
  /** Seats that somebody without a booking can still have; 0 once the slot has begun. */
  walkInSeats: z.int().min(0),
});

export const showVenueDay = defineOperation({
  service: 'reservations',
  name: 'show-venue-day',
  kind: 'query',
  summary:
    'How today goes at a venue: seats, who came, who is expected, by start and in numbers only.',
  request: z.strictObject({ venueCode: VenueCode }),
  reply: z.strictObject({ day: IsoDate, slots: z.array(VenueDaySlot) }),
  refusals: ['not_at_this_venue', 'venue_not_found'],
  allow: ['venue-staff', 'city-staff', 'operations-manager'],
  needs: 'nothing',
});

export const attendanceRecorded = defineEvent({
  service: 'reservations',
  aggregate: 'reservation',
  fact: 'attendance-recorded',
  summary: 'Somebody with a booking came, did not come, or was turned back at screening.',
  payload: ReservationFact.extend({ outcome: z.enum(ATTENDANCE) }),
  encrypted: false,
});

export const venueDayOperations = [
  findReservation,
  findVisitor,
  recordAttendance,
  bookWalkIn,
  showVenueDay,
] as const;
export const venueDayEvents = [attendanceRecorded] as const;

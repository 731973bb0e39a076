import { z } from 'zod';
import { classified, disclosure } from './disclosure.ts';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import type { Role } from './roles.ts';
import { CHANNELS } from './roles.ts';
import type { RuleRefusalCode } from './refusals.ts';
import {
  Code,
  DoseNumber,
  Id,
  Instant,
  IsoDate,
  NearDay,
  Sentence,
  VenueCode,
  WallTime,
} from './shapes.ts';

/** Roles that serve a caller with seats. */
export const SERVING: readonly Role[] = [
  'operator',
  'senior-operator',
  'city-staff',
  'phone-agent',
];
/** The same, and residents who serve themselves. */
export const TAKING_SEATS: readonly Role[] = [...SERVING, 'resident'];

export const SlotView = z.strictObject({
  slotId: Id,
  venueCode: VenueCode,
  venueName: Sentence,
  town: z.string(),
  date: IsoDate,
  startsAt: WallTime,
  endsAt: WallTime,
  productCode: Code,
  productName: Sentence,
  free: z.int().min(0).meta({
    description: 'Seats left for the caller’s channel; 0 where it is the slot of a booking.',
  }),
});
export type SlotView = z.infer<typeof SlotView>;

/** Counts the changes of a booking. */
export const Version = z.int().positive();

/** One reason why a person cannot have a dose on a day, ready to be read out. */
export const EligibilityReason = z.strictObject({ code: z.string(), sentence: Sentence });

/** Every exact conflict that taking a seat can end in. */
export const TAKING_A_SEAT = [
  'slot_not_found',
  'slot_full',
  'slot_closed',
  'slot_not_open',
  'slot_in_past',
  'channel_quota_reached',
  'already_booked',
  'already_vaccinated',
  'dose_out_of_order',
  'dose_interval_too_short',
  'age_not_eligible',
  'not_resident_on_day',
  'product_not_allowed',
  'programme_not_active',
  'priority_group_not_open',
  'group_booking_not_open',
  'not_in_priority_group',
  'previous_vaccine_not_allowed',
  'other_vaccine_too_close',
  'booking_window_closed',
] as const satisfies readonly RuleRefusalCode[];

export const listVenues = defineOperation({
  service: 'reservations',
  name: 'list-venues',
  kind: 'query',
  summary: 'Venues and products that can be asked for; says nothing of a person.',
  request: z.strictObject({}),
  reply: z.strictObject({
    venues: z.array(
      z.strictObject({
        venueCode: VenueCode,
        name: Sentence,
        town: z.string(),
        address: z.string(),
      }),
    ),
    products: z.array(
      z.strictObject({ productCode: Code, name: Sentence, doses: z.array(DoseNumber) }),
    ),
  }),
  refusals: [],
  allow: [...SERVING, 'venue-staff', 'operations-manager', 'system-administrator'],
  needs: 'nothing',
});

export const checkEligibility = defineOperation({
  service: 'reservations',
  name: 'check-eligibility',
  kind: 'query',
  summary: 'Every reason for and against a dose of a product on a day, evaluated for that day.',
  request: z.strictObject({
    residentId: Id,
    doseNumber: DoseNumber,
    productCode: Code,
    date: NearDay,
  }),
  reply: z.strictObject({ eligible: z.boolean(), reasons: z.array(EligibilityReason) }),
  refusals: [],
  allow: TAKING_SEATS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const holdSlot = defineOperation({
  service: 'reservations',
  name: 'hold-slot',
  kind: 'command',
  summary: 'Takes a seat for the case for a few minutes; ends with the case or its time.',
  request: z.strictObject({ residentId: Id, slotId: Id, doseNumber: DoseNumber }),
  reply: z.strictObject({ holdId: Id, expiresAt: Instant, slot: SlotView }),
  refusals: [...TAKING_A_SEAT, 'hold_limit_reached', 'seat_budget_exceeded'],
  allow: TAKING_SEATS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const releaseHold = defineOperation({
  service: 'reservations',
  name: 'release-hold',
  kind: 'command',
  summary: 'Gives a held seat back.',
  request: z.strictObject({ residentId: Id, holdId: Id }),
  reply: z.strictObject({ released: z.boolean() }),
  refusals: ['hold_not_found'],
  allow: TAKING_SEATS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const RESERVATION_STATES = [
  'booked',
  'attended',
  'cancelled',
  'missed',
  'turned-back',
] as const;

export const ReservationView = disclosure({
  reservationId: classified('open', Id),
  confirmationNumber: classified('booking', z.string()),
  state: classified('booking', z.enum(RESERVATION_STATES)),
  doseNumber: classified('booking', DoseNumber),
  slot: classified('booking', SlotView),
  channel: classified('booking', z.enum(CHANNELS)),
  bookedAt: classified('booking', Instant),
  /** Goes along with a change, so that nobody overwrites what somebody else did meanwhile. */
  version: classified('open', Version),
});

export const bookSlot = defineOperation({
  service: 'reservations',
  name: 'book-slot',
  kind: 'command',
  summary: 'Books a held seat, or a slot directly: exactly one of holdId and slotId.',
  request: z
    .strictObject({
      residentId: Id,
      doseNumber: DoseNumber,
      holdId: Id.optional(),
      slotId: Id.optional(),
    })
    .refine((request) => (request.holdId === undefined) !== (request.slotId === undefined), {
      message: 'exactly one of holdId and slotId',
    }),
  reply: z.strictObject({ reservationId: Id, confirmationNumber: z.string(), slot: SlotView }),
  refusals: [...TAKING_A_SEAT, 'hold_not_found', 'hold_expired', 'seat_budget_exceeded'],
  allow: TAKING_SEATS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const listReservations = defineOperation({
  service: 'reservations',
  name: 'list-reservations',
  kind: 'query',
  summary: 'Bookings of the residents of a grant, newest first.',
  request: z.strictObject({ residentId: Id }),
  reply: z.strictObject({ reservations: z.array(ReservationView.schema) }),
  refusals: [],
  allow: TAKING_SEATS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const ReservationFact = z.strictObject({
  reservationId: Id,
  residentId: Id,
  doseNumber: DoseNumber,
  venueCode: VenueCode,
  date: IsoDate,
});

export const reservationBooked = defineEvent({
  service: 'reservations',
  aggregate: 'reservation',
  fact: 'booked',
  summary: 'A seat was booked or moved.',
  payload: ReservationFact,
  encrypted: false,
});
export const reservationCancelled = defineEvent({
  service: 'reservations',
  aggregate: 'reservation',
  fact: 'cancelled',
  summary: 'A booking was cancelled.',
  payload: ReservationFact,
  encrypted: false,
});

export const reservationsOperations = [
  listVenues,
  checkEligibility,
  holdSlot,
  releaseHold,
  bookSlot,
  listReservations,
] as const;
export const reservationsEvents = [reservationBooked, reservationCancelled] as const;

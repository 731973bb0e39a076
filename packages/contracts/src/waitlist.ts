import { z } from 'zod';
import { classified, disclosure } from './disclosure.ts';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import type { RuleRefusalCode } from './refusals.ts';
import { bookSlot, SlotView, TAKING_A_SEAT } from './reservations.ts';
import type { Role } from './roles.ts';
import {
  Code,
  daysInOrder,
  DoseNumber,
  Id,
  Instant,
  NearDay,
  timesInOrder,
  typedText,
  VenueCode,
  WallTime,
} from './shapes.ts';

const SERVING: readonly Role[] = ['operator', 'senior-operator', 'city-staff', 'phone-agent'];

/** How somebody who waits is told of a seat: by a call back, or on their own page. */
export const REACHES = ['phone', 'web'] as const;
export type Reach = (typeof REACHES)[number];

export const WAITING_STATES = ['waiting', 'offered', 'booked', 'left', 'ended'] as const;
export const OFFER_STATES = ['open', 'accepted', 'declined', 'expired', 'withdrawn'] as const;

/** 整理番号: six digits and a check digit, read out in two groups. */
export const CallbackTicketNumber = z.string().regex(/^\d{3}-\d{4}$/);

/** What seats somebody waits for. Days are inclusive; a time is one at which a slot begins, `timeTo` no longer. */
const seatsWaitedFor = {
  doseNumber: DoseNumber,
  from: NearDay,
  to: NearDay,
  /** One venue, or any of a town, or any at all: at most one of the two. */
  venueCode: VenueCode.optional(),
  town: typedText(20).optional(),
  productCode: Code.optional(),
  timeFrom: WallTime.optional(),
  timeTo: WallTime.optional(),
};

const OfferView = z.strictObject({
  offerId: Id,
  slot: SlotView,
  offeredAt: Instant,
  expiresAt: Instant,
});

export const WaitingEntryView = disclosure({
  entryId: classified('open', Id),
  ticketNumber: classified('booking', CallbackTicketNumber.nullable()),
  state: classified('booking', z.enum(WAITING_STATES)),
  reach: classified('booking', z.enum(REACHES)),
  seats: classified('booking', z.strictObject(seatsWaitedFor)),
  joinedAt: classified('booking', Instant),
  /** How many who wait for a seat that could be theirs too joined before them; null when they wait no longer. */
  ahead: classified('booking', z.int().nonnegative().nullable()),
  /** Offers that they let run out; after a few of them they leave the list. */
  offersMissed: classified('booking', z.int().nonnegative()),
  /** The seat that is kept for them now. */
  offer: classified('booking', OfferView.nullable()),
  /** Why freed seats went past them to the next, by how often. */
  passedOver: classified(
    'booking',
    z.array(z.strictObject({ code: z.string(), times: z.int().positive() })),
  ),
});

export const joinWaitingList = defineOperation({
  service: 'reservations',
  name: 'join-waiting-list',
  kind: 'command',
  summary:
    'Puts somebody on the waiting list for seats of a venue, a town or anywhere; who can only be telephoned gets a number to be read out. A seat that is free already is kept for them at once, unless somebody ahead waits for it too.',
  request: z
    .strictObject({ residentId: Id, reach: z.enum(REACHES), ...seatsWaitedFor })
    .refine(...daysInOrder)
    .refine(...timesInOrder)
    .refine((request) => request.venueCode === undefined || request.town === undefined, {
      message: 'at most one of venueCode and town',
    }),
  reply: z.strictObject({
    entryId: Id,
    ticketNumber: CallbackTicketNumber.nullable(),
    /** The free seat that is kept for them from now on; null where there is none yet. */
    offer: OfferView.nullable(),
  }),
  refusals: [
    'already_waiting',
    'waiting_range_too_long',
    'venue_not_found',
    ...TAKING_A_SEAT,
    'seat_budget_exceeded',
  ],
  allow: SERVING,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const leaveWaitingList = defineOperation({
  service: 'reservations',
  name: 'leave-waiting-list',
  kind: 'command',
  summary: 'Takes somebody off the waiting list; a seat kept for them goes to the next.',
  request: z.strictObject({ residentId: Id, entryId: Id }),
  reply: z.strictObject({ entryId: Id, state: z.literal('left') }),
  refusals: ['waiting_entry_not_found'],
  allow: SERVING,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const listWaiting = defineOperation({
  service: 'reservations',
  name: 'list-waiting',
  kind: 'query',
  summary: 'What the resident of a grant waits for, and the seat kept for them, newest first.',
  request: z.strictObject({ residentId: Id }),
  reply: z.strictObject({ entries: z.array(WaitingEntryView.schema) }),
  refusals: [],
  allow: SERVING,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

const Count = z.int().nonnegative();

/** Who waits, in numbers. */
const waitingInNumbers = {
  /** In line for a seat, and those for whom one is kept now. */
  waiting: Count,
  offered: Count,
  /** Of those offers, the ones by telephone whose owner is to be called by now. */
  callsDue: Count,
};

/** Everybody who named the same place, product and dose. */
export const WaitingGroup = z.strictObject({
  /** One venue, or any of a town, or any at all where neither is there. */
  venueCode: VenueCode.optional(),
  town: z.string().optional(),
  /** Any product where absent. */
  productCode: Code.optional(),
  doseNumber: DoseNumber,
  ...waitingInNumbers,
  /** The earliest joined of them, whether or not a seat is kept for them now. */
  earliestJoinedAt: Instant,
  /** Since when the head of the line waits; absent where everybody has an offer. */
  headJoinedAt: Instant.optional(),
  /** First and last day asked for. */
  from: NearDay,
  to: NearDay,
});

export const countWaiting = defineOperation({
  service: 'reservations',
  name: 'count-waiting',
  kind: 'query',
  summary:
    'The whole waiting list in numbers, by place, product and dose, longest waiting first: who waits, offers out now, calls due, seats on their way to the next. Names nobody.',
  request: z
    .strictObject({
      /** Everybody who may have a seat of this venue: who named it, its town, or no place. */
      venueCode: VenueCode.optional(),
      /** Whoever would come on one of these days, both included. */
      from: NearDay.optional(),
      to: NearDay.optional(),
    })
    .refine(...daysInOrder),
  reply: z.strictObject({
    /** Of all groups, also those that are not listed. */
    totals: z.strictObject({ groups: Count, ...waitingInNumbers, keptSeats: Count }),
    groups: z.array(WaitingGroup).max(500),
    /** Seats that came free and are on their way down the list, by venue and product. */
    keptSeats: z
      .array(z.strictObject({ venueCode: VenueCode, productCode: Code, seats: z.int().positive() }))
      .max(500),
  }),
  refusals: ['venue_not_found'],
  allow: ['senior-operator', 'city-staff'],
  needs: 'nothing',
});

const TAKING_AN_OFFER = [
  'offer_not_found',
  'offer_ended',
] as const satisfies readonly RuleRefusalCode[];

export const acceptOffer = defineOperation({
  service: 'reservations',
  name: 'accept-offer',
  kind: 'command',
  summary: 'Books the seat that is kept for somebody from the waiting list.',
  request: z.strictObject({ residentId: Id, offerId: Id }),
  reply: bookSlot.reply,
  refusals: [...TAKING_AN_OFFER, ...bookSlot.refusals],
  allow: SERVING,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const declineOffer = defineOperation({
  service: 'reservations',
  name: 'decline-offer',
  kind: 'command',
  summary: 'Gives the kept seat to the next; its owner keeps their place for others, or leaves.',
  request: z.strictObject({ residentId: Id, offerId: Id, stay: z.boolean() }),
  reply: z.strictObject({ offerId: Id, entryState: z.enum(WAITING_STATES) }),
  refusals: TAKING_AN_OFFER,
  allow: SERVING,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

const OfferFact = z.strictObject({
  entryId: Id,
  offerId: Id,
  residentId: Id,
  reach: z.enum(REACHES),
  expiresAt: Instant,
});

const offerEvent = <const Fact extends string>(fact: Fact, summary: string) =>
  defineEvent({
    service: 'reservations',
    aggregate: 'waitlist',
    fact,
    summary,
    payload: OfferFact,
    encrypted: false,
  });

export const offerMade = offerEvent('offered', 'A freed seat is kept for the head of the list.');
export const offerAccepted = offerEvent('accepted', 'A kept seat was booked.');
export const offerDeclined = offerEvent('declined', 'A kept seat was not wanted.');
export const offerExpired = offerEvent('expired', 'A kept seat was not taken in its time.');
export const offerWithdrawn = offerEvent(
  'withdrawn',
  'A kept seat was taken back, because its owner has a booking or the slot is closed.',
);

export const waitlistOperations = [
  joinWaitingList,
  leaveWaitingList,
  listWaiting,
  countWaiting,
  acceptOffer,
  declineOffer,
] as const;
export const waitlistEvents = [
  offerMade,
  offerAccepted,
  offerDeclined,
  offerExpired,
  offerWithdrawn,
] as const;

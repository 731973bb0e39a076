import { z } from 'zod';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import type { Role } from './roles.ts';
import {
  Code,
  Cursor,
  daysInOrder,
  Id,
  Instant,
  IsoDate,
  NearDay,
  NearInstant,
  VenueCode,
  WallTime,
} from './shapes.ts';

/** Roles that open and close sessions (予約枠の開設日). */
export const ADMINISTERING_SESSIONS: readonly Role[] = [
  'city-staff',
  'operations-manager',
  'system-administrator',
];

const Seats = z.int().min(0).max(1_000);

/** Seats of each slot that are promised to a channel; the rest is open to all. */
export const Quotas = z.strictObject({
  phone: Seats,
  web: Seats,
  staff: Seats,
  'walk-in': Seats,
});
export type Quotas = z.infer<typeof Quotas>;

/** From which the slots of a session are made. */
export const SessionPattern = z.strictObject({
  startsAt: WallTime,
  endsAt: WallTime,
  slotMinutes: z.int().min(1).max(480).default(10),
  /** Times without slots, half-open: lunch, catching up. */
  gaps: z
    .array(z.strictObject({ from: WallTime, to: WallTime }))
    .max(10)
    .default([]),
  /** Seats of a slot. */
  capacity: Seats,
  /** More of them in the first slot, when nobody is late yet. */
  extraAtStart: Seats.default(0),
  quotas: Quotas,
});
export type SessionPattern = z.infer<typeof SessionPattern>;

/** Why the venue gives no seat of a session on its day, as the catalogue says now. */
export const SHUT_REASONS = [
  'closed-day',
  'weekday',
  'holiday',
  'venue-inactive',
  'product-not-given',
  'product-over',
] as const;
export type ShutReason = (typeof SHUT_REASONS)[number];

export const SessionView = z.strictObject({
  sessionId: Id,
  venueCode: VenueCode,
  day: IsoDate,
  productCode: Code,
  pattern: SessionPattern,
  opensAt: Instant,
  closesAt: Instant.optional(),
  state: z.enum(['open', 'closed']),
  /** The catalogue was changed after the session was opened: no seat is given, and the bookings wait for a decision. */
  toBeClosed: z.enum(SHUT_REASONS).optional(),
  /** The venue's hours were shortened after the session was opened: slots that lie outside, and what is booked there. */
  outsideHours: z.strictObject({ slots: z.int().positive(), booked: z.int().min(0) }).optional(),
  reason: z.string().optional(),
  slots: z.int().min(0),
  capacity: z.int().min(0),
  booked: z.int().min(0),
  held: z.int().min(0),
  /** Booked beyond what a cut left; people who are still to be called. */
  overBooked: z.int().min(0),
  /** Other promises to the channels that are planned, in the order in which they will hold. */
  plans: z.array(z.strictObject({ at: Instant, quotas: Quotas })),
  version: z.int().positive(),
});
export type SessionView = z.infer<typeof SessionView>;

const Window = {
  /** Seats can be taken from here on, by anybody. */
  opensAt: NearInstant,
  /** Until here; until the slot begins where absent. */
  closesAt: NearInstant.optional(),
};

export const openSession = defineOperation({
  service: 'reservations',
  name: 'open-session',
  kind: 'command',
  summary: 'Opens a day of a venue for a product, with slots made from a pattern.',
  request: z.strictObject({
    venueCode: VenueCode,
    day: IsoDate,
    productCode: Code,
    pattern: SessionPattern,
    ...Window,
  }),
  reply: z.strictObject({ sessionId: Id, slots: z.int().positive() }),
  refusals: [
    'venue_not_found',
    'product_not_allowed',
    'venue_closed_on_day',
    'session_in_past',
    'session_too_far',
    'session_outside_hours',
    'product_over_on_day',
    'session_exists',
    /** `items` of the details: what is wrong with each, as `item`, `ja` and `en`; the same for outside hours. */
    'session_pattern_wrong',
  ],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
});

/** Why a session of the week that is copied was left out on a day. */
export const SKIP_REASONS = [
  'asked-for',
  'venue-closed',
  'session-exists',
  'in-past',
  'too-far',
  'outside-hours',
  'product-not-given',
  'product-over',
] as const;

export const copySessions = defineOperation({
  service: 'reservations',
  name: 'copy-sessions',
  kind: 'command',
  summary: 'Copies the open sessions of seven days of a venue to the weeks after.',
  request: z.strictObject({
    venueCode: VenueCode,
    /** First of the seven days that are copied. */
    from: NearDay,
    weeks: z.int().min(1).max(26),
    skipDays: z.array(IsoDate).max(200).default([]),
  }),
  reply: z.strictObject({
    copied: z.int().min(0),
    slots: z.int().min(0),
    /** What was made, by day. */
    made: z.array(z.strictObject({ day: IsoDate, productCode: Code, slots: z.int().positive() })),
    /** What was left out, by day. */
    skipped: z.array(
      z.strictObject({
        day: IsoDate,
        productCode: Code,
        reason: z.enum(SKIP_REASONS),
      }),
    ),
  }),
  refusals: ['venue_not_found', 'session_not_found'],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
  timeLimitMs: 15_000,
});

export const listSessions = defineOperation({
  service: 'reservations',
  name: 'list-sessions',
  kind: 'query',
  summary: 'Sessions by venue and day, with what is booked.',
  request: z
    .strictObject({
      venueCode: VenueCode.optional(),
      from: IsoDate,
      to: IsoDate,
      state: z.enum(['open', 'closed']).optional(),
      limit: z.int().min(1).max(200).default(100),
      cursor: Cursor.optional(),
    })
    .refine(...daysInOrder),
  reply: z.strictObject({ sessions: z.array(SessionView), nextCursor: Cursor.optional() }),
  refusals: [],
  allow: [...ADMINISTERING_SESSIONS, 'senior-operator'],
  needs: 'nothing',
});

export const reopenSession = defineOperation({
  service: 'reservations',
  name: 'reopen-session',
  kind: 'command',
  summary: 'Opens a closed session again; people who were not called yet stay as they are.',
  request: z.strictObject({ sessionId: Id }),
  reply: z.strictObject({ sessionId: Id, leftTheWorklist: z.int().min(0) }),
  refusals: [
    'session_not_found',
    'session_not_closed',
    'session_in_past',
    'venue_closed_on_day',
    'product_not_allowed',
    'product_over_on_day',
  ],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
});

export const planQuotas = defineOperation({
  service: 'reservations',
  name: 'plan-quotas',
  kind: 'command',
  summary: 'From an instant on, other seats of a session are promised to the channels.',
  request: z.strictObject({
    sessionId: Id,
    at: NearInstant,
    /** Per slot of the session's capacity; fitted to what is taken by then. */
    quotas: Quotas,
  }),
  reply: z.strictObject({ planId: Id }),
  refusals: ['session_not_found', 'session_pattern_wrong'],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
});

export const sessionOpenedForBooking = defineEvent({
  service: 'reservations',
  aggregate: 'session',
  fact: 'opened',
  summary: 'A day of a venue was opened, or opened again.',
  payload: z.strictObject({
    sessionId: Id,
    venueCode: VenueCode,
    day: IsoDate,
    productCode: Code,
  }),
  encrypted: false,
});
export const sessionClosedForBooking = defineEvent({
  service: 'reservations',
  aggregate: 'session',
  fact: 'closed',
  summary: 'A day of a venue was closed; its bookings wait on the worklist.',
  payload: z.strictObject({
    sessionId: Id,
    venueCode: VenueCode,
    day: IsoDate,
    productCode: Code,
    reason: Code,
    /** Closed by one person, to be confirmed by a second one. */
    emergency: z.literal(true).optional(),
  }),
  encrypted: false,
});

export const reservationSessionsOperations = [
  openSession,
  copySessions,
  listSessions,
  reopenSession,
  planQuotas,
] as const;
export const reservationSessionsEvents = [
  sessionOpenedForBooking,
  sessionClosedForBooking,
] as const;

import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { ADMINISTERING_SESSIONS } from './reservation-sessions.ts';
import {
  Code,
  daysInOrder,
  Id,
  Instant,
  IsoDate,
  Sentence,
  typedText,
  VenueCode,
  WallTime,
} from './shapes.ts';

const Seats = z.int().min(0).max(1_000);

const OneSession = { sessionId: Id, reason: Code };
const Days = { venueCode: VenueCode, from: IsoDate, to: IsoDate, reason: Code };
const Cut = {
  sessionId: Id,
  /** Of each slot; the first one keeps its extra seats in proportion. */
  capacity: Seats,
  /** Only slots that begin from here on, and before there. */
  timeFrom: WallTime.optional(),
  timeTo: WallTime.optional(),
  reason: Code,
};

/** Below what is booked the second person's approval of exactly this change (`propose-session-change`). */
const approvalId = Id.optional();

/** Closing at once without a second person, who confirms it afterwards: what happened, at least 10 characters. */
const Emergency = z.strictObject({ explanation: typedText(500) });

const oneWayOnly: [
  check: (asked: { approvalId?: string | undefined; emergency?: unknown }) => boolean,
  wrong: { error: string; path: string[] },
] = [
  (asked) => asked.approvalId === undefined || asked.emergency === undefined,
  { error: 'is for closing without an approval', path: ['emergency'] },
];

const Closed = z.strictObject({
  sessions: z.int().min(0),
  /** People put on the worklist; nobody's booking is cancelled. */
  toBeCalled: z.int().min(0),
  holdsEnded: z.int().min(0),
  /** Of an emergency that somebody lost a seat by: a second person confirms it by then. */
  emergencyId: Id.optional(),
  confirmBy: Instant.optional(),
});

const APPROVAL_REFUSALS = [
  'session_change_needs_approval',
  'approval_not_here_yet',
  'approval_for_something_else',
  'approval_own_request',
  'approval_rejected',
  'approval_expired',
  'approval_used',
  'session_changed_meanwhile',
] as const;
const CLOSING_REFUSALS = [...APPROVAL_REFUSALS, 'step_up_required', 'reason_too_short'] as const;

export const closeSession = defineOperation({
  service: 'reservations',
  name: 'close-session',
  kind: 'command',
  summary:
    'Closes a session at once; everybody booked comes on the worklist. With bookings it needs a second person: an approval of exactly this, or, in an emergency, a confirmation afterwards.',
  request: z
    .strictObject({ ...OneSession, approvalId, emergency: Emergency.optional() })
    .refine(...oneWayOnly),
  reply: Closed,
  refusals: ['session_not_found', 'session_already_closed', ...CLOSING_REFUSALS],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
  timeLimitMs: 15_000,
});

export const closeVenueDays = defineOperation({
  service: 'reservations',
  name: 'close-venue-days',
  kind: 'command',
  summary:
    'Closes every open session of a venue on days from and to, both included. With bookings it needs a second person, as closing one session does.',
  request: z
    .strictObject({ ...Days, approvalId, emergency: Emergency.optional() })
    .refine(...daysInOrder)
    .refine(...oneWayOnly),
  reply: Closed,
  refusals: ['venue_not_found', 'session_not_found', ...CLOSING_REFUSALS],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
  timeLimitMs: 30_000,
});

export const changeCapacity = defineOperation({
  service: 'reservations',
  name: 'change-capacity',
  kind: 'command',
  summary:
    'Seats per slot from now on. Below what is booked it is refused, or, with a second person’s approval, the latest booked are called.',
  request: z.strictObject({
    ...Cut,
    /** What becomes of a cut below what is booked. */
    choice: z.enum(['refuse', 'worklist']),
    approvalId,
  }),
  reply: z.strictObject({
    slots: z.int().min(0),
    toBeCalled: z.int().min(0),
    holdsEnded: z.int().min(0),
  }),
  refusals: [
    'session_not_found',
    'session_already_closed',
    'capacity_below_booked',
    ...APPROVAL_REFUSALS,
  ],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
  timeLimitMs: 15_000,
});

/** One change of sessions, as it is proposed, approved and done: nothing of it may differ. */
export const SessionChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('close-session'), ...OneSession }),
  z.strictObject({ kind: z.literal('close-venue-days'), ...Days }).refine(...daysInOrder),
  z.strictObject({ kind: z.literal('change-capacity'), ...Cut }),
]);
export type SessionChange = z.infer<typeof SessionChange>;

/** What a second person agrees to: this proposal, and nothing else. */
const SELECTION = 'session-change/';
export const sessionChangeSelection = (changeId: string): string => SELECTION + changeId;
/** The proposal that a selection names; undefined where it names something else. */
export const changeOfSelection = (selection: string): string | undefined =>
  selection.startsWith(SELECTION)
    ? Id.safeParse(selection.slice(SELECTION.length)).data
    : undefined;

const SessionMeant = z.strictObject({
  sessionId: Id,
  venueCode: VenueCode,
  venueName: Sentence,
  day: IsoDate,
  productName: Sentence,
  startsAt: WallTime,
  endsAt: WallTime,
  booked: z.int().min(0),
});

/** A change with what it does, in numbers only: nobody booked is named. */
const SessionChangeView = z.strictObject({
  changeId: Id,
  change: SessionChange,
  /** The first of them by day; `sessionCount` says how many there are. */
  sessions: z.array(SessionMeant).max(30),
  sessionCount: z.int().positive(),
  /** Seats of the slots that are meant, before and after. */
  seats: z.strictObject({ from: z.int().min(0), to: z.int().min(0) }),
  /** People who lose their seat: when it was proposed, now, and at most, should all seats be booked first. */
  people: z.strictObject({
    proposed: z.int().min(0),
    now: z.int().min(0),
    most: z.int().min(0),
  }),
  proposedBy: z.string(),
  proposedAt: Instant,
  /** `outdated`: a session was changed since, so that it must be proposed again. */
  state: z.enum(['proposed', 'done', 'outdated']),
});
export type SessionChangeView = z.infer<typeof SessionChangeView>;

export const proposeSessionChange = defineOperation({
  service: 'reservations',
  name: 'propose-session-change',
  kind: 'command',
  summary:
    'Writes down a closing or a cut and whom it hits, so that a second person can be asked to approve exactly this.',
  request: z.strictObject({ change: SessionChange }),
  reply: z.strictObject({
    change: SessionChangeView,
    /** For `request-approval`, of kind session-change. */
    selection: z.string(),
  }),
  refusals: ['session_not_found', 'session_already_closed', 'venue_not_found'],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
});

export const showSessionChange = defineOperation({
  service: 'reservations',
  name: 'show-session-change',
  kind: 'query',
  summary: 'What a proposed change would do, then and now, for whoever is asked to approve it.',
  request: z.strictObject({ changeId: Id }),
  reply: z.strictObject({ change: SessionChangeView }),
  refusals: ['session_change_not_found'],
  allow: [...ADMINISTERING_SESSIONS, 'senior-operator'],
  needs: 'nothing',
});

export const EMERGENCY_DECISIONS = ['confirmed', 'disputed'] as const;

const EmergencyClosing = z.strictObject({
  emergencyId: Id,
  reason: Code,
  explanation: z.string(),
  sessions: z.array(SessionMeant).max(30),
  sessionCount: z.int().positive(),
  /** People who were put on the worklist by it. */
  people: z.int().positive(),
  closedBy: z.string(),
  closedAt: Instant,
  confirmBy: Instant,
  /** `overdue`: nobody confirmed it in time, and somebody still has to. */
  state: z.enum(['unconfirmed', 'overdue', ...EMERGENCY_DECISIONS]),
  decidedBy: z.string().optional(),
});

export const listEmergencyClosings = defineOperation({
  service: 'reservations',
  name: 'list-emergency-closings',
  kind: 'query',
  summary:
    'Emergency closings that nobody confirmed yet, however old, the oldest first; and those decided in the last day.',
  request: z.strictObject({}),
  reply: z.strictObject({ closings: z.array(EmergencyClosing).max(100) }),
  refusals: [],
  allow: [...ADMINISTERING_SESSIONS, 'senior-operator'],
  needs: 'nothing',
});

export const confirmEmergencyClosing = defineOperation({
  service: 'reservations',
  name: 'confirm-emergency-closing',
  kind: 'command',
  summary:
    'A second person of the city confirms an emergency closing, or disputes it; opening again stays an act of its own.',
  request: z.strictObject({ emergencyId: Id, decision: z.enum(EMERGENCY_DECISIONS) }),
  reply: z.strictObject({ emergencyId: Id, decision: z.enum(EMERGENCY_DECISIONS) }),
  refusals: [
    'emergency_closing_not_found',
    'emergency_closing_own',
    'emergency_closing_decided',
    'step_up_required',
  ],
  allow: ['city-staff'],
  needs: 'nothing',
  idempotent: true,
});

export const sessionChangeOperations = [
  closeSession,
  closeVenueDays,
  changeCapacity,
  proposeSessionChange,
  showSessionChange,
  listEmergencyClosings,
  confirmEmergencyClosing,
] as const;

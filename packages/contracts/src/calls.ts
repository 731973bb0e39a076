import { z } from 'zod';
import { classified, disclosure } from './disclosure.ts';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import { CASE_KINDS } from './roles.ts';
import { Code, Cursor, Id, Instant, typedText, VenueCode } from './shapes.ts';

/** The internal vocabulary of telephone events; the dialects are translated at the HTTP edge. */
export const TelephoneEvent = z.strictObject({
  kind: z.enum(['ringing', 'answered', 'transferred', 'ended']),
  dialect: z.enum(['zammad', 'sipgate', 'twilio']),
  /** The telephone system's own id of the call; may differ between events of one call. */
  callKey: typedText(200),
  /** Id of the call this one continues (transfer). */
  originalCallKey: typedText(200).optional(),
  /** Digits as sent, or `anonymous`; absent when the event does not carry it. */
  from: typedText(60).optional(),
  to: typedText(60).optional(),
  direction: z.enum(['in', 'out']).default('in'),
  queue: typedText(100).optional(),
  /** Language the caller chose by keypad, BCP 47. */
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
    .optional(),
  /** Extension or user that answered. */
  extension: typedText(60).optional(),
  cause: Code.optional(),
});
export type TelephoneEvent = z.infer<typeof TelephoneEvent>;

export const recordTelephoneEvent = defineOperation({
  service: 'calls',
  name: 'record-telephone-event',
  kind: 'command',
  summary:
    'Folds one telephone event into its call: any order, duplicates, missing fields, other ids.',
  request: TelephoneEvent,
  reply: z.strictObject({ callId: Id, caseId: Id.optional() }),
  refusals: [],
  allow: ['service'],
  needs: 'nothing',
});

export const CaseView = z.strictObject({
  caseId: Id,
  kind: z.enum(CASE_KINDS),
  state: z.enum(['ringing', 'open', 'wrap-up', 'referred', 'closed']),
  openedAt: Instant,
  /** Opened without a telephone event; sampled for review. */
  openedByHand: z.boolean(),
  /** As dialled, normalised to national digits; absent when withheld. */
  callerNumber: z.string().optional(),
  queue: z.string().optional(),
  language: z.string().optional(),
  telephoneState: z.enum(['ringing', 'talking', 'ended', 'none']),
  /** The item of the worklist that the case serves. */
  workItemId: Id.optional(),
  version: z.int().positive(),
});
export type CaseView = z.infer<typeof CaseView>;

const AGENTS = ['operator', 'senior-operator', 'city-staff'] as const;

export const getCase = defineOperation({
  service: 'calls',
  name: 'get-case',
  kind: 'query',
  summary:
    'A case of the asking operator, with a fresh permit; without caseId the live one, if any.',
  request: z.strictObject({ caseId: Id.optional() }),
  reply: z.strictObject({
    case: CaseView.optional(),
    permit: z.string().optional(),
    permitExpiresAt: Instant.optional(),
  }),
  refusals: ['case_not_found'],
  allow: [...AGENTS, 'phone-agent', 'venue-staff'],
  needs: 'nothing',
});

export const openCase = defineOperation({
  service: 'calls',
  name: 'open-case',
  kind: 'command',
  summary: 'Opens a call case by hand when the telephone system is silent; flagged and sampled.',
  request: z.strictObject({ reason: typedText(500) }),
  reply: z.strictObject({ caseId: Id }),
  refusals: ['reason_too_short'],
  allow: AGENTS,
  needs: 'nothing',
  idempotent: true,
});

export const openWorkItemCase = defineOperation({
  service: 'calls',
  name: 'open-work-item-case',
  kind: 'command',
  summary: 'Opens the case of a work item for the operator who took it; the same id twice is one.',
  request: z.strictObject({
    /** Chosen by the worklist, so that trying again opens nothing twice. */
    caseId: Id,
    itemId: Id,
    operatorId: z.string().min(1).max(200),
    /** Whom the item is about; nobody else is verified in this case for outreach. */
    residents: z.array(Id).min(1).max(50),
    atDesk: z.boolean(),
  }),
  reply: z.strictObject({ caseId: Id }),
  refusals: ['case_not_found'],
  allow: ['service'],
  needs: 'nothing',
});

export const openVenueVisit = defineOperation({
  service: 'calls',
  name: 'open-venue-visit',
  kind: 'command',
  summary: "Opens a case for the visitors of a venue's day, by who works there.",
  request: z.strictObject({ venueCode: VenueCode }),
  reply: z.strictObject({ caseId: Id }),
  /** Whether there is such a venue is known at the edge only, which asks before it opens the case. */
  refusals: ['not_at_this_venue', 'venue_not_found'],
  allow: ['venue-staff', 'city-staff'],
  needs: 'nothing',
  idempotent: true,
});

export const openSelfServiceCase = defineOperation({
  service: 'calls',
  name: 'open-self-service-case',
  kind: 'command',
  summary: 'A phone agent opens a case for the caller of a live telephone call.',
  request: z.strictObject({ callKey: typedText(200) }),
  reply: z.strictObject({ caseId: Id, permit: z.string(), permitExpiresAt: Instant }),
  refusals: ['call_not_found'],
  allow: ['phone-agent'],
  needs: 'nothing',
});

export const referCase = defineOperation({
  service: 'calls',
  name: 'refer-case',
  kind: 'command',
  summary: 'Hands the case to the supervisor desk.',
  request: z.strictObject({ caseId: Id, reason: z.enum(['not-confirmed', 'asked-for', 'other']) }),
  reply: z.strictObject({ caseId: Id }),
  refusals: ['case_not_found', 'case_already_referred'],
  allow: AGENTS,
  needs: 'case',
});

export const listReferredCases = defineOperation({
  service: 'calls',
  name: 'list-referred-cases',
  kind: 'query',
  summary: 'Cases waiting at the supervisor desk, oldest first.',
  request: z.strictObject({}),
  reply: z.strictObject({
    cases: z.array(
      z.strictObject({
        caseId: Id,
        kind: z.enum(CASE_KINDS),
        referredAt: Instant,
        referredBy: z.string(),
        reason: z.string(),
        takenBy: z.string().optional(),
      }),
    ),
  }),
  refusals: [],
  allow: ['senior-operator', 'city-staff'],
  needs: 'nothing',
});

export const takeReferredCase = defineOperation({
  service: 'calls',
  name: 'take-referred-case',
  kind: 'command',
  summary: 'A supervisor takes a referred case; the permit then says atDesk.',
  request: z.strictObject({ caseId: Id }),
  reply: z.strictObject({ caseId: Id }),
  refusals: ['case_not_found'],
  allow: ['senior-operator', 'city-staff'],
  needs: 'nothing',
});

export const AFTER_CALL_CODES = [
  'booked',
  'changed',
  'cancelled',
  'reissued',
  'answered',
  'not-confirmed',
  'called-back-later',
  'wrong-number',
  'other',
] as const;

export const closeCase = defineOperation({
  service: 'calls',
  name: 'close-case',
  kind: 'command',
  summary: 'Closes the case with an after-call code and ends its grants.',
  request: z.strictObject({
    caseId: Id,
    afterCallCode: z.enum(AFTER_CALL_CODES),
    note: typedText(500).optional(),
  }),
  reply: z.strictObject({ caseId: Id, closedAt: Instant }),
  refusals: ['case_not_found'],
  allow: [...AGENTS, 'phone-agent', 'venue-staff'],
  needs: 'nothing',
});

export const EarlierCaseView = disclosure({
  caseId: classified('open', Id),
  kind: classified('open', z.enum(CASE_KINDS)),
  openedAt: classified('open', Instant),
  afterCallCode: classified('open', z.enum(AFTER_CALL_CODES).nullable()),
});

export const listEarlierCases = defineOperation({
  service: 'calls',
  name: 'list-earlier-cases',
  kind: 'query',
  summary: 'Earlier cases in which the resident of a grant was served.',
  request: z.strictObject({
    residentId: Id,
    limit: z.int().min(1).max(50).default(10),
    cursor: Cursor.optional(),
  }),
  reply: z.strictObject({ cases: z.array(EarlierCaseView.schema), nextCursor: Cursor.optional() }),
  refusals: [],
  allow: AGENTS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const caseOpened = defineEvent({
  service: 'calls',
  aggregate: 'case',
  fact: 'opened',
  summary: 'A case was opened for an operator or an agent.',
  payload: z.strictObject({ caseId: Id, kind: z.enum(CASE_KINDS), operatorId: z.string() }),
  encrypted: false,
});
export const caseEnded = defineEvent({
  service: 'calls',
  aggregate: 'case',
  fact: 'ended',
  summary: 'A case ended; its grants and holds end with it.',
  payload: z.strictObject({ caseId: Id, afterCallCode: z.enum(AFTER_CALL_CODES) }),
  encrypted: false,
});

export const callsOperations = [
  recordTelephoneEvent,
  getCase,
  openCase,
  openWorkItemCase,
  openVenueVisit,
  openSelfServiceCase,
  referCase,
  listReferredCases,
  takeReferredCase,
  closeCase,
  listEarlierCases,
] as const;
export const callsEvents = [caseOpened, caseEnded] as const;

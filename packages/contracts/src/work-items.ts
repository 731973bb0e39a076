import { z } from 'zod';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import type { Role } from './roles.ts';
import { SlotView } from './reservations.ts';
import { WORK_ITEM_KINDS, WORK_ITEM_OUTCOMES } from './work-item-outcomes.ts';
import { Code, Cursor, DoseNumber, Id, Instant, IsoDate, VenueCode } from './shapes.ts';

const CALLERS: readonly Role[] = ['operator', 'senior-operator', 'city-staff'];

/** Says nothing of a person: who is meant is told to the one who takes the item, in its case. */
export const WorkItemView = z.strictObject({
  itemId: Id,
  kind: z.enum(WORK_ITEM_KINDS),
  state: z.enum(['open', 'taken', 'done']),
  /** Most urgent first. */
  dueAt: Instant,
  /** Not to be called before, after a try in vain. */
  notBefore: Instant,
  tries: z.int().min(0),
  /** For the supervisor desk only. */
  deskOnly: z.boolean(),
  venueCode: VenueCode.optional(),
  day: IsoDate.optional(),
  reason: Code.optional(),
  /** Taken by the one who asks. */
  mine: z.boolean(),
  outcome: z.string().optional(),
});
export type WorkItemView = z.infer<typeof WorkItemView>;

export const listWorkItems = defineOperation({
  service: 'reservations',
  name: 'list-work-items',
  kind: 'query',
  summary: 'People who have to be called, as opaque items, most urgent first.',
  request: z.strictObject({
    kinds: z.array(z.enum(WORK_ITEM_KINDS)).max(WORK_ITEM_KINDS.length).optional(),
    venueCode: VenueCode.optional(),
    day: IsoDate.optional(),
    state: z.enum(['open', 'taken', 'done']).default('open'),
    /** Only what may be called now. */
    dueNow: z.boolean().default(false),
    limit: z.int().min(1).max(100).default(50),
    cursor: Cursor.optional(),
  }),
  reply: z.strictObject({ items: z.array(WorkItemView), nextCursor: Cursor.optional() }),
  refusals: [],
  allow: [...CALLERS, 'operations-manager'],
  needs: 'nothing',
});

export const takeWorkItem = defineOperation({
  service: 'reservations',
  name: 'take-work-item',
  kind: 'command',
  summary: 'Takes one item, for one operator, and opens a case of kind work-item for it.',
  request: z.strictObject({ itemId: Id }),
  reply: z.strictObject({ itemId: Id, caseId: Id, residentId: Id }),
  refusals: ['work_item_not_found', 'work_item_taken', 'work_item_too_early'],
  allow: CALLERS,
  needs: 'nothing',
});

export const releaseWorkItem = defineOperation({
  service: 'reservations',
  name: 'release-work-item',
  kind: 'command',
  summary: 'Gives an item back without an outcome; its case ends.',
  request: z.strictObject({ itemId: Id }),
  reply: z.strictObject({ itemId: Id }),
  refusals: ['work_item_not_found'],
  allow: CALLERS,
  needs: 'nothing',
});

export const finishWorkItem = defineOperation({
  service: 'reservations',
  name: 'finish-work-item',
  kind: 'command',
  summary: 'Enters how the call ended; what is said must be true of the booking.',
  request: z.strictObject({ itemId: Id, outcome: z.enum(WORK_ITEM_OUTCOMES) }),
  reply: z.strictObject({
    itemId: Id,
    state: z.enum(['open', 'done']),
    /** When to try again, after `unreachable`. */
    notBefore: Instant.optional(),
  }),
  refusals: ['work_item_not_found', 'work_item_outcome_untrue'],
  allow: CALLERS,
  needs: 'case',
});

export const suggestAlternatives = defineOperation({
  service: 'reservations',
  name: 'suggest-alternatives',
  kind: 'query',
  summary: 'Free slots instead of a booking: next, same venue, same town, elsewhere.',
  request: z.strictObject({ residentId: Id, reservationId: Id }),
  reply: z.strictObject({
    doseNumber: DoseNumber,
    next: z.array(SlotView),
    sameVenue: z.array(SlotView),
    sameTown: z.array(SlotView),
    elsewhere: z.array(SlotView),
  }),
  refusals: ['reservation_not_found'],
  allow: CALLERS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const workItemReleased = defineEvent({
  service: 'reservations',
  aggregate: 'work-item',
  fact: 'released',
  summary: 'An item was given back or abandoned; the case opened for it ends.',
  payload: z.strictObject({ itemId: Id, caseId: Id }),
  encrypted: false,
});
export const workItemFinished = defineEvent({
  service: 'reservations',
  aggregate: 'work-item',
  fact: 'finished',
  summary: 'A call ended with an outcome, or the item needs no call any more.',
  payload: z.strictObject({ itemId: Id, kind: z.enum(WORK_ITEM_KINDS), outcome: z.string() }),
  encrypted: false,
});

export const workItemsOperations = [
  listWorkItems,
  takeWorkItem,
  releaseWorkItem,
  finishWorkItem,
  suggestAlternatives,
] as const;
export const workItemsEvents = [workItemReleased, workItemFinished] as const;

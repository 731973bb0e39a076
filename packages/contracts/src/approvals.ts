import { z } from 'zod';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import { exportOfSelection } from './export-selections.ts';
import { changeOfSelection } from './session-changes.ts';
import { Id, Instant, typedText } from './shapes.ts';

export const APPROVAL_KINDS = [
  'desk-verification',
  'break-glass',
  'export',
  'restriction-removal',
  'session-change',
] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

/** Approvals that only staff of the city give: of what takes seats from people who were promised them. */
export const DECIDED_BY_THE_CITY: readonly ApprovalKind[] = ['session-change'];

/** What exactly is agreed to, as a code of the operation that asks for it, such as `day-sheet/<venue>/<day>`. */
const Selection = z.string().regex(/^[a-z0-9][a-z0-9/-]{0,99}$/);

/** What a selection must name for a kind that needs one; the others are of one case. */
const NAMED_BY: Record<ApprovalKind, (selection: string) => unknown> = {
  'desk-verification': () => true,
  'break-glass': () => true,
  'restriction-removal': () => true,
  export: exportOfSelection,
  'session-change': changeOfSelection,
};

const ApprovalView = z.strictObject({
  approvalId: Id,
  kind: z.enum(APPROVAL_KINDS),
  caseId: Id.optional(),
  selection: Selection.optional(),
  reason: z.string(),
  requestedBy: z.string(),
  requestedByName: z.string(),
  requestedAt: Instant,
  expiresAt: Instant,
  state: z.enum(['pending', 'approved', 'rejected', 'expired', 'used']),
  decidedBy: z.string().optional(),
  /** When what it was for was done; only of what can be done once. */
  usedAt: Instant.optional(),
});

export const requestApproval = defineOperation({
  service: 'staff',
  name: 'request-approval',
  kind: 'command',
  summary: 'Asks a second person for approval of one action in one case.',
  request: z
    .strictObject({
      kind: z.enum(APPROVAL_KINDS),
      caseId: Id.optional(),
      selection: Selection.optional(),
      reason: typedText(500),
    })
    .refine(({ kind, selection = '' }) => NAMED_BY[kind](selection) !== undefined, {
      error: 'must name what exactly is to be agreed to',
      path: ['selection'],
    }),
  reply: z.strictObject({ approvalId: Id, expiresAt: Instant }),
  refusals: ['reason_too_short', 'step_up_required'],
  // Who works at a venue may ask for its day sheet, and has no say in the answer.
  allow: [
    'senior-operator',
    'city-staff',
    'operations-manager',
    'system-administrator',
    'venue-staff',
  ],
  needs: 'nothing',
  idempotent: true,
});

export const decideApproval = defineOperation({
  service: 'staff',
  name: 'decide-approval',
  kind: 'command',
  summary: 'The second person says yes or no; never to their own request.',
  request: z.strictObject({ approvalId: Id, decision: z.enum(['approved', 'rejected']) }),
  reply: z.strictObject({ approval: ApprovalView }),
  refusals: [
    'approval_not_found',
    'approval_own_request',
    'approval_by_the_city',
    'approval_already_decided',
    'approval_expired',
    'step_up_required',
  ],
  allow: ['senior-operator', 'city-staff', 'operations-manager', 'system-administrator'],
  needs: 'nothing',
});

export const listApprovals = defineOperation({
  service: 'staff',
  name: 'list-approvals',
  kind: 'query',
  summary:
    'Requests waiting for a decision, and own ones of today; staff of a venue see their own only.',
  request: z.strictObject({}),
  reply: z.strictObject({ approvals: z.array(ApprovalView) }),
  refusals: [],
  allow: [
    'senior-operator',
    'city-staff',
    'operations-manager',
    'system-administrator',
    'venue-staff',
  ],
  needs: 'nothing',
});

/** A second person's yes, as the services that act on it know it. */
export const approvalDecided = defineEvent({
  service: 'staff',
  aggregate: 'approval',
  fact: 'decided',
  summary: 'An approval was given or refused.',
  payload: z.strictObject({
    approvalId: Id,
    kind: z.enum(APPROVAL_KINDS),
    caseId: Id.optional(),
    selection: Selection.optional(),
    requestedBy: z.string(),
    decidedBy: z.string(),
    decision: z.enum(['approved', 'rejected']),
    expiresAt: Instant,
  }),
  encrypted: false,
});

const approvalUsedBy = <const Service extends string>(service: Service) =>
  defineEvent({
    service,
    aggregate: 'approval',
    fact: 'used',
    summary: 'What was approved to be done once was done; nothing more is done on that approval.',
    payload: z.strictObject({ approvalId: Id, usedAt: Instant }),
    encrypted: false,
  });

/** Of a list or run that leaves the house, and of the lifting of a restriction. */
export const approvalUsedByRegistry = approvalUsedBy('registry');
/** Of a closing or a cut of sessions. */
export const approvalUsedByReservations = approvalUsedBy('reservations');

export const approvalUses = [approvalUsedByRegistry, approvalUsedByReservations] as const;

export const approvalOperations = [requestApproval, decideApproval, listApprovals] as const;

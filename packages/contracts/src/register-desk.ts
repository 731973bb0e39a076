import { z } from 'zod';
import { classified, disclosure } from './disclosure.ts';
import { defineOperation } from './operation.ts';
import { verifyPerson } from './registry.ts';
import { Id, Instant, IsoDate, typedText } from './shapes.ts';

/** Residence on a day, as far as was known on another and as far as is known now. */
export const residencyOn = defineOperation({
  service: 'registry',
  name: 'residency-on',
  kind: 'query',
  summary:
    'Whether a person was a resident here on a day, as far as was known at the end of another day, and as far as is known now; days other than today for those only who may see how somebody moved.',
  request: z.strictObject({
    residentId: Id,
    on: IsoDate,
    /** Today where absent. */
    knownOn: IsoDate.optional(),
  }),
  reply: z.strictObject({
    on: IsoDate,
    knownOn: IsoDate,
    residentAsKnownThen: z.boolean(),
    residentAsKnownNow: z.boolean(),
  }),
  refusals: [],
  allow: ['operator', 'senior-operator', 'reviewer', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

/** Protection before the decision on it (仮の支援措置): acts at once, for the household too. */
export const restrictResident = defineOperation({
  service: 'registry',
  name: 'restrict-resident',
  kind: 'command',
  summary:
    'Closes a record provisionally, with those of the household, until two people take that back.',
  request: z.strictObject({ residentId: Id, reason: typedText(500) }),
  reply: z.strictObject({ restricted: z.literal(true) }),
  refusals: ['reason_too_short'],
  allow: ['operator', 'senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const liftRestriction = defineOperation({
  service: 'registry',
  name: 'lift-restriction',
  kind: 'command',
  summary:
    'Opens a record again, with those of the household that nobody else closes; needs a fresh second factor, a reason and a second person.',
  request: z.strictObject({ residentId: Id, reason: typedText(500), approvalId: Id }),
  reply: z.strictObject({ restricted: z.literal(false) }),
  refusals: ['reason_too_short', 'step_up_required', 'approval_required', 'approval_not_here_yet'],
  allow: ['senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

/** People whom a bulk file left out, because they are protected: they are served by hand, one by one. */
export const listLeftOut = defineOperation({
  service: 'registry',
  name: 'list-left-out',
  kind: 'query',
  summary:
    'Who was left out of bulk files and waits for the desk, oldest first; says nobody’s name, and no number that means a person elsewhere.',
  request: z.strictObject({}),
  reply: z.strictObject({
    items: z
      .array(
        z.strictObject({
          itemId: Id,
          /** The bulk file. */
          runId: Id,
          setAsideAt: Instant,
          /** The case in which somebody opened it, and who. */
          openedInCase: Id.optional(),
          openedBy: z.string().optional(),
        }),
      )
      .max(200),
    /** All that wait, also those beyond the list. */
    waiting: z.int().min(0),
  }),
  refusals: [],
  allow: ['senior-operator', 'city-staff'],
  needs: 'nothing',
});

export const openLeftOut = defineOperation({
  service: 'registry',
  name: 'open-left-out',
  kind: 'command',
  summary:
    'Opens one who was left out of a bulk file, at the supervisor desk, with step-up, reason and approval.',
  request: z.strictObject({
    itemId: Id,
    purpose: z.enum(['reissue', 'application']),
    reason: typedText(500),
    approvalId: Id,
  }),
  reply: verifyPerson.reply,
  refusals: ['step_up_required', 'approval_required', 'approval_not_here_yet', 'reason_too_short'],
  allow: ['senior-operator', 'city-staff'],
  needs: 'case',
});

/** How somebody was served instead of by the bulk file. */
export const LEFT_OUT_HANDLINGS = ['posted-by-hand', 'handed-over', 'not-needed'] as const;

export const settleLeftOut = defineOperation({
  service: 'registry',
  name: 'settle-left-out',
  kind: 'command',
  summary: 'Says how one who was left out of a bulk file was served; takes them off the queue.',
  request: z.strictObject({
    itemId: Id,
    residentId: Id,
    handling: z.enum(LEFT_OUT_HANDLINGS),
  }),
  reply: z.strictObject({ settledAt: Instant }),
  refusals: [],
  allow: ['senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

/** Somebody to be called: what it takes to reach them, and nothing more. */
export const CalleeView = disclosure({
  residentId: classified('open', Id),
  name: classified('name', z.string()),
  nameKana: classified('name', z.string().nullable()),
  telephones: classified('contact', z.array(z.string()), 'last-four'),
});

export const calleesOfCase = defineOperation({
  service: 'registry',
  name: 'callees-of-case',
  kind: 'query',
  summary:
    'Whom the work item of a case is about, by name and number, so that they can be called; protected persons with step-up, reason and approval only.',
  request: z.strictObject({ reason: typedText(500).optional(), approvalId: Id.optional() }),
  reply: z.strictObject({ callees: z.array(CalleeView.schema).max(50) }),
  refusals: ['step_up_required', 'approval_required', 'approval_not_here_yet', 'reason_too_short'],
  allow: ['operator', 'senior-operator', 'city-staff'],
  needs: 'case',
});

export const registerDeskOperations = [
  calleesOfCase,
  residencyOn,
  restrictResident,
  liftRestriction,
  listLeftOut,
  openLeftOut,
  settleLeftOut,
] as const;

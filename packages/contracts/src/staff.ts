import { z } from 'zod';
import { approvalDecided, approvalOperations } from './approvals.ts';
import { custodyOperations } from './custody.ts';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import { ROLES } from './roles.ts';
import { daysInOrder, Id, Instant, IsoDate, typedText, VenueCode } from './shapes.ts';

const PEOPLE = [
  'operator',
  'senior-operator',
  'reviewer',
  'venue-staff',
  'city-staff',
  'operations-manager',
  'system-administrator',
  'auditor',
] as const;

/** Secrets travel in bodies only; 256 bits in base64url. */
const Secret = z.string().min(20).max(200);
const Extension = z.string().regex(/^[0-9A-Za-z_.@-]{1,60}$/);

export const Worker = z.strictObject({
  operatorId: Id,
  login: z.string(),
  displayName: z.string(),
  role: z.enum(ROLES),
  organisation: z.string(),
  extension: Extension.optional(),
  /** Where somebody of a venue works today. */
  venueCodes: z.array(VenueCode).optional(),
});

const SignedIn = z.strictObject({
  actorToken: z.string(),
  actorExpiresAt: Instant,
  worker: Worker,
  sessionExpiresAt: Instant,
});

export const signIn = defineOperation({
  service: 'staff',
  name: 'sign-in',
  kind: 'command',
  summary: 'Password and time-based code; one session a person, the second ends the first.',
  request: z.strictObject({
    login: typedText(100),
    password: z.string().max(200),
    code: z.string().max(10),
    extension: Extension.optional(),
    /** From the terminal's cookie; absent on a terminal not enrolled yet. */
    terminalSecret: Secret.optional(),
    /** True when the request came over loopback; counts only in the local demo. */
    fromLoopback: z.boolean().default(false),
    userAgentClass: z.string().max(40),
  }),
  reply: SignedIn.extend({ sessionSecret: Secret, newTerminalSecret: Secret.optional() }),
  refusals: [
    'sign_in_refused',
    'terminal_not_enrolled',
    'outside_working_hours',
    'extension_in_use',
  ],
  allow: 'anyone',
  needs: 'nothing',
});

export const renewActor = defineOperation({
  service: 'staff',
  name: 'renew-actor',
  kind: 'command',
  summary:
    'A fresh actor token for a live session; role, suspension, hours and contract are checked again.',
  request: z.strictObject({
    sessionSecret: Secret,
    terminalSecret: Secret.optional(),
    userAgentClass: z.string().max(40),
  }),
  reply: SignedIn,
  refusals: ['outside_working_hours'],
  allow: 'anyone',
  needs: 'nothing',
});

export const signOut = defineOperation({
  service: 'staff',
  name: 'sign-out',
  kind: 'command',
  summary: 'Ends the session everywhere.',
  request: z.strictObject({ sessionSecret: Secret }),
  reply: z.strictObject({ signedOut: z.boolean() }),
  refusals: [],
  allow: 'anyone',
  needs: 'nothing',
});

export const enrolTerminal = defineOperation({
  service: 'staff',
  name: 'enrol-terminal',
  kind: 'command',
  summary: 'Turns a one-use code into the secret that names this terminal.',
  request: z.strictObject({ code: typedText(40) }),
  reply: z.strictObject({ terminalId: Id, terminalSecret: Secret }),
  refusals: ['terminal_code_refused'],
  allow: 'anyone',
  needs: 'nothing',
});

export const createTerminalCode = defineOperation({
  service: 'staff',
  name: 'create-terminal-code',
  kind: 'command',
  summary: 'A one-use code to enrol a terminal.',
  request: z.strictObject({ label: typedText(60) }),
  reply: z.strictObject({ code: z.string(), expiresAt: Instant }),
  refusals: ['step_up_required'],
  allow: ['operations-manager', 'system-administrator'],
  needs: 'nothing',
});

export const stepUp = defineOperation({
  service: 'staff',
  name: 'step-up',
  kind: 'command',
  summary: 'A fresh second factor; the new actor token says when it was given.',
  request: z.strictObject({ sessionSecret: Secret, code: z.string().max(10) }),
  reply: z.strictObject({ actorToken: z.string(), actorExpiresAt: Instant }),
  refusals: ['sign_in_refused'],
  allow: 'anyone',
  needs: 'nothing',
});

export const authenticateAgent = defineOperation({
  service: 'staff',
  name: 'authenticate-agent',
  kind: 'command',
  summary: 'Actor token for a machine that holds an API key.',
  request: z.strictObject({ apiKey: Secret }),
  reply: z.strictObject({ actorToken: z.string(), actorExpiresAt: Instant, agentId: Id }),
  refusals: [],
  allow: 'anyone',
  needs: 'nothing',
});

export const addWorker = defineOperation({
  service: 'staff',
  name: 'add-worker',
  kind: 'command',
  summary: 'Adds a worker with a one-use initial password and a code secret to enrol.',
  request: z.strictObject({
    login: typedText(100),
    displayName: typedText(100),
    role: z.enum(PEOPLE),
    organisation: typedText(100),
    extension: Extension.optional(),
  }),
  reply: z.strictObject({ operatorId: Id, initialPassword: z.string(), totpSecret: z.string() }),
  refusals: ['login_taken', 'extension_in_use', 'step_up_required'],
  allow: ['operations-manager', 'system-administrator'],
  needs: 'nothing',
  idempotent: true,
});

export const assignVenues = defineOperation({
  service: 'staff',
  name: 'assign-venues',
  kind: 'command',
  summary:
    'Says where somebody of a venue works (会場従事者), from a day to a day, both included; what was said before ends.',
  request: z
    .strictObject({
      login: typedText(100),
      venueCodes: z.array(VenueCode).max(50),
      /** Today where absent. */
      from: IsoDate.optional(),
      /** Until further notice where absent. */
      to: IsoDate.optional(),
    })
    .refine(...daysInOrder),
  reply: z.strictObject({ operatorId: Id, venueCodes: z.array(VenueCode) }),
  refusals: ['worker_not_found', 'not_venue_staff'],
  allow: ['city-staff', 'operations-manager', 'system-administrator'],
  needs: 'nothing',
  idempotent: true,
});

export const disableWorker = defineOperation({
  service: 'staff',
  name: 'disable-worker',
  kind: 'command',
  summary: 'Suspends a worker and ends their sessions within 5 s.',
  request: z.strictObject({ login: typedText(100) }),
  reply: z.strictObject({ operatorId: Id, endedSessions: z.int() }),
  refusals: ['worker_not_found'],
  allow: ['operations-manager', 'system-administrator'],
  needs: 'nothing',
});

export const listWorkers = defineOperation({
  service: 'staff',
  name: 'list-workers',
  kind: 'query',
  summary: 'The roster; names of workers for the screens that show who did what.',
  request: z.strictObject({}),
  reply: z.strictObject({ workers: z.array(Worker.extend({ active: z.boolean() })) }),
  refusals: [],
  allow: ['senior-operator', 'city-staff', 'operations-manager', 'system-administrator', 'auditor'],
  needs: 'nothing',
});

export const sessionOpened = defineEvent({
  service: 'staff',
  aggregate: 'session',
  fact: 'opened',
  summary: 'A worker signed in at an extension.',
  payload: z.strictObject({
    sessionId: Id,
    operatorId: Id,
    extension: Extension.optional(),
    role: z.enum(ROLES),
    at: Instant,
  }),
  encrypted: false,
});
export const sessionClosed = defineEvent({
  service: 'staff',
  aggregate: 'session',
  fact: 'closed',
  summary: 'A session ended: signed out, idle, evicted or revoked.',
  payload: z.strictObject({ sessionId: Id, operatorId: Id, at: Instant }),
  encrypted: false,
});

export const staffOperations = [
  ...approvalOperations,
  ...custodyOperations,
  signIn,
  renewActor,
  signOut,
  enrolTerminal,
  createTerminalCode,
  stepUp,
  authenticateAgent,
  addWorker,
  assignVenues,
  disableWorker,
  listWorkers,
] as const;
export const staffEvents = [sessionOpened, sessionClosed, approvalDecided] as const;

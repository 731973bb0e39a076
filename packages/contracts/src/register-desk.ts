import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { Id, IsoDate, typedText } from './shapes.ts';

/** Residence on a day, as far as was known on another and as far as is known now. */
export const residencyOn = defineOperation({
  service: 'registry',
  name: 'residency-on',
  kind: 'query',
  summary:
    'Whether a person was a resident here on a day, as far as was known at the end of another day, and as far as is known now.',
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
  refusals: ['reason_too_short', 'step_up_required', 'approval_required'],
  allow: ['senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const registerDeskOperations = [residencyOn, restrictResident, liftRestriction] as const;

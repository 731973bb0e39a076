import { z } from 'zod';
import { defineOperation } from './operation.ts';
import {
  Code,
  FileBytes,
  Id,
  Instant,
  IsoDate,
  NearDay,
  RefusedRow,
  Sentence,
  typedText,
} from './shapes.ts';

const Source = typedText(200).refine((text) => text.trim() !== '', { message: 'is empty' });

export const GroupImportReport = z.strictObject({
  encoding: z.enum(['cp932', 'utf-8']),
  rows: z.int().min(0),
  entered: z.int().min(0),
  changed: z.int().min(0),
  unchanged: z.int().min(0),
  /** Who was on the list of a group and is not in the file, where the file is the whole list. */
  ended: z.int().min(0),
  ignoredColumns: z.array(z.string()),
  refused: z.array(RefusedRow),
});
export type GroupImportReport = z.infer<typeof GroupImportReport>;

export const importGroupMembers = defineOperation({
  service: 'reservations',
  name: 'import-group-members',
  kind: 'command',
  summary:
    'Takes a list of people of priority groups (優先接種対象者名簿; CSV, CP932 or UTF-8): all of it, or nothing and every fault by line; future bookings of who changed are checked anew.',
  request: z.strictObject({
    fileBase64: FileBytes,
    dryRun: z.boolean().default(false),
    /** The file is the whole list of every group it names: who is not in it is on it no longer. */
    whole: z.boolean().default(false),
    /** Where the list comes from, for rows that do not say. */
    source: Source,
    reason: typedText(500),
  }),
  reply: GroupImportReport,
  refusals: ['import_refused', 'reason_too_short'],
  allow: ['city-staff'],
  needs: 'nothing',
  idempotent: true,
  timeLimitMs: 30_000,
});

export const listListedGroups = defineOperation({
  service: 'reservations',
  name: 'list-listed-groups',
  kind: 'query',
  summary: 'Priority groups that are told by a list, with how many are on it; names nobody.',
  request: z.strictObject({}),
  reply: z.strictObject({
    groups: z.array(
      z.strictObject({
        groupCode: Code,
        programmeCode: Code,
        name: Sentence,
        opensOn: IsoDate.nullable(),
        bookableFrom: IsoDate.nullable(),
        /** On the list today, and of these those for whom it ends. */
        members: z.int().min(0),
        ending: z.int().min(0),
        /** On it from a later day on. */
        ahead: z.int().min(0),
        changedAt: Instant.optional(),
      }),
    ),
  }),
  refusals: [],
  allow: ['city-staff', 'auditor'],
  needs: 'nothing',
});

const Membership = z.strictObject({
  groupCode: Code,
  /** Of the group as the catalogue has it; the code alone where it has none. */
  name: Sentence.optional(),
  /** First and last day of vaccination for which it counts, both included; no last one while it goes on. */
  from: IsoDate,
  lastDay: IsoDate.nullable(),
  source: z.string(),
  reason: z.string(),
  enteredBy: z.string(),
  enteredAt: Instant,
  revision: z.int().positive(),
});

export const listMemberships = defineOperation({
  service: 'reservations',
  name: 'list-memberships',
  kind: 'query',
  summary:
    'The lists of priority groups that a verified person is on, for city staff only, in an application or a request for disclosure.',
  request: z.strictObject({ residentId: Id }),
  reply: z.strictObject({ memberships: z.array(Membership) }),
  refusals: [],
  allow: ['city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const enterGroupMember = defineOperation({
  service: 'reservations',
  name: 'enter-group-member',
  kind: 'command',
  summary:
    'Puts a verified person on the list of a priority group, or corrects what the list says of them.',
  request: z
    .strictObject({
      residentId: Id,
      groupCode: Code,
      from: NearDay,
      lastDay: NearDay.nullable(),
      source: Source,
      reason: typedText(500),
    })
    .refine(({ from, lastDay }) => lastDay === null || from <= lastDay, {
      error: 'lies before from',
      path: ['lastDay'],
    }),
  reply: z.strictObject({ revision: z.int().positive() }),
  refusals: ['reason_too_short', 'reference_unknown', 'group_not_listed'],
  allow: ['city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const endGroupMember = defineOperation({
  service: 'reservations',
  name: 'end-group-member',
  kind: 'command',
  summary:
    'Ends what a list says of a verified person with a last day, never later than it ends by itself; one before its first day takes all of it back.',
  request: z.strictObject({
    residentId: Id,
    groupCode: Code,
    lastDay: NearDay,
    reason: typedText(500),
  }),
  reply: z.strictObject({ revision: z.int().positive() }),
  refusals: ['reason_too_short', 'membership_not_found', 'membership_ends_earlier'],
  allow: ['city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

/** What became of a row's person at the register. */
export const ADDRESSEE_MATCHES = ['found', 'unknown', 'birth-date-differs'] as const;

export const matchAddressees = defineOperation({
  service: 'registry',
  name: 'match-addressees',
  kind: 'command',
  summary:
    'Ids of people whom a list of the city names by number and birth date; says nothing else of them, and of the protected no more and no less. For reservations only.',
  request: z.strictObject({
    people: z
      .array(
        z.strictObject({
          addresseeNumber: typedText(15),
          dateOfBirth: IsoDate,
        }),
      )
      .max(500),
  }),
  /** In the order in which they were asked for. */
  reply: z.strictObject({
    matches: z.array(
      z.strictObject({ match: z.enum(ADDRESSEE_MATCHES), residentId: Id.optional() }),
    ),
  }),
  refusals: [],
  allow: ['city-staff'],
  needs: 'nothing',
});

export const groupMembersOperations = [
  importGroupMembers,
  listListedGroups,
  listMemberships,
  enterGroupMember,
  endGroupMember,
  matchAddressees,
] as const;

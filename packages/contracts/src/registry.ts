import { BIRTH_DATE_FAULTS } from '@madoguchi/kernel';
import { z } from 'zod';
import { classified, disclosure } from './disclosure.ts';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import { PURPOSES } from './roles.ts';
import { Id, Instant, IsoDate, typedText } from './shapes.ts';

/** What the caller said, as typed. Dates as typed too: era or Gregorian, parsed by the registry. */
export const SpokenItems = z.strictObject({
  /** Name in kanji, kana or roman letters. */
  name: typedText(100).optional(),
  dateOfBirth: typedText(40).optional(),
  address: typedText(200).optional(),
  ticketNumber: typedText(40).optional(),
  telephone: typedText(40).optional(),
});
export type SpokenItems = z.infer<typeof SpokenItems>;
export const SPOKEN_ITEMS = [
  'name',
  'dateOfBirth',
  'address',
  'ticketNumber',
  'telephone',
] as const;
export type SpokenItem = (typeof SPOKEN_ITEMS)[number];

/** Why the birth date given is none that can be looked for; says nothing of anybody on record. */
const DateOfBirthFault = z.enum(BIRTH_DATE_FAULTS).meta({
  description:
    'Why the birth date given is `unreadable`: `future` (later than today), `outside-era` (its era had ended or not begun on that day: ask back), `no-such-day` (2月30日), `year-only` (ask for month and day), `unreadable` (no date).',
});

export const ItemOutcome = z.enum(['match', 'no-match', 'unreadable', 'not-given']);

/** Someone else speaks for the resident; recorded, while the resident's items must match all the same. */
export const Proxy = z.strictObject({
  name: typedText(100),
  relation: z.enum(['parent', 'guardian', 'spouse', 'child', 'carer', 'facility', 'other']),
  authority: typedText(200).optional(),
});

export const verifyPerson = defineOperation({
  service: 'registry',
  name: 'verify-person',
  kind: 'command',
  summary:
    'Compares what a caller says with the register. Answers match or no match per item, and a grant once the threshold of the purpose is reached. Unknown, protected and, before the threshold, moved-away persons answer alike.',
  request: z.strictObject({
    purpose: z.enum(PURPOSES),
    items: SpokenItems,
    proxy: Proxy.optional(),
    /** 宛名番号 as a letter has it: on the web it shows what a one-time code shows otherwise. */
    addresseeNumber: typedText(20).optional(),
    /** The day on which residence counts; asked for by `claim-review`, the day of the vaccination. */
    asOf: IsoDate.optional(),
    /**
     * One caller for several people, a family or a facility: the grant then names those verified before in
     * this case for the same purpose too.
     */
    alongside: z.boolean().optional(),
  }),
  reply: z.strictObject({
    /** `more-needed`: nothing contradicts, but the threshold is not reached. */
    outcome: z.enum(['confirmed', 'more-needed', 'not-confirmed', 'closed', 'moved-away']),
    items: z.record(z.enum(SPOKEN_ITEMS), ItemOutcome),
    dateOfBirthFault: DateOfBirthFault.optional(),
    /** Items any one of which would complete the threshold. */
    askFor: z.array(z.enum(SPOKEN_ITEMS)),
    triesLeft: z.int().min(0),
    residentId: Id.optional(),
    grant: z.string().optional(),
    grantExpiresAt: Instant.optional(),
    /** Only with `moved-away`: the municipality the caller should ask. */
    municipalityToAsk: z.string().optional(),
  }),
  refusals: [],
  allow: [
    'operator',
    'senior-operator',
    'reviewer',
    'venue-staff',
    'city-staff',
    'phone-agent',
    'resident',
  ],
  needs: 'case',
});

/**
 * Supervisor desk: serves mistyped, unknown and protected callers alike, with a fresh second factor,
 * a reason and a second person's approval for this one case.
 */
export const verifyAtDesk = defineOperation({
  service: 'registry',
  name: 'verify-at-desk',
  kind: 'command',
  summary:
    'Verification at the supervisor desk; also opens protected persons, with step-up, reason and approval.',
  request: z.strictObject({
    purpose: z.enum(PURPOSES),
    items: SpokenItems,
    reason: typedText(500),
    approvalId: Id,
    proxy: Proxy.optional(),
    alongside: z.boolean().optional(),
  }),
  reply: verifyPerson.reply,
  refusals: ['step_up_required', 'approval_required', 'approval_not_here_yet', 'reason_too_short'],
  allow: ['senior-operator', 'city-staff'],
  needs: 'case',
});

/** What a search can be made of: what a caller says, or a number from the register. */
export const SearchItems = SpokenItems.extend({ addresseeNumber: typedText(20).optional() });
export type SearchItems = z.infer<typeof SearchItems>;
export const SEARCH_ITEMS = [...SPOKEN_ITEMS, 'addresseeNumber'] as const;
export type SearchItem = (typeof SEARCH_ITEMS)[number];

export const searchCandidates = defineOperation({
  service: 'registry',
  name: 'search-candidates',
  kind: 'query',
  summary:
    'How many people fit what was said, and how well, without saying who they are; with what to ask next. Protected and moved-away persons are left out, so that they answer like unknown ones.',
  request: z.strictObject({ purpose: z.enum(PURPOSES), items: SearchItems }),
  reply: z.strictObject({
    /**
     * `ask-more`: more than ten fit alike. `too-little`: nothing was given that can be looked for.
     * `closed`: the case has searched too often.
     */
    outcome: z.enum(['candidates', 'ask-more', 'none', 'too-little', 'closed']),
    /** At most ten, best first; the number stands for a person in this case only, and opens nothing. */
    candidates: z
      .array(
        z.strictObject({
          candidate: z.string(),
          items: z.partialRecord(z.enum(SEARCH_ITEMS), z.enum(['match', 'near', 'differs'])),
        }),
      )
      .max(10),
    /** What tells people apart best and was not said yet, best first. */
    askFor: z.array(z.enum(SEARCH_ITEMS)),
    /** Items that were given and could not be read. */
    unreadable: z.array(z.enum(SEARCH_ITEMS)),
    dateOfBirthFault: DateOfBirthFault.optional(),
  }),
  refusals: [],
  allow: ['operator', 'senior-operator', 'city-staff'],
  needs: 'case',
});

export const numberOnRecord = defineOperation({
  service: 'registry',
  name: 'number-on-record',
  kind: 'query',
  summary: 'Whether the calling number of a case is on record; computed without protected persons.',
  request: z.strictObject({}),
  reply: z.strictObject({ onRecord: z.boolean() }),
  refusals: [],
  allow: ['operator', 'senior-operator', 'city-staff', 'phone-agent'],
  needs: 'case',
});

export const renewGrant = defineOperation({
  service: 'registry',
  name: 'renew-grant',
  kind: 'command',
  summary: 'A fresh grant with the same content while its case lives.',
  request: z.strictObject({}),
  reply: z.strictObject({ grant: z.string(), grantExpiresAt: Instant }),
  refusals: ['verification_closed'],
  allow: ['operator', 'senior-operator', 'reviewer', 'venue-staff', 'city-staff', 'phone-agent'],
  needs: 'grant',
});

export const ResidentView = disclosure({
  residentId: classified('open', Id),
  addresseeNumber: classified('id', z.string().nullable()),
  name: classified('name', z.string()),
  nameKana: classified('name', z.string().nullable()),
  alias: classified('name', z.string().nullable()),
  jointlyWrittenName: classified('name', z.string().nullable()),
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY` where the rest is unknown. */
  dateOfBirth: classified('birth', z.string()),
  sex: classified('birth', z.enum(['unknown', 'male', 'female', 'not-applicable'])),
  address: classified('address', z.string(), 'town'),
  buildingLine: classified('address', z.string().nullable()),
  postalCode: classified('address', z.string().nullable()),
  previousAddress: classified('past-address', z.string().nullable()),
  moveOutDestinationAddress: classified('past-address', z.string().nullable()),
  telephones: classified('contact', z.array(z.string()), 'last-four'),
  residentToday: classified('residency', z.boolean(), 'keep'),
  residencyEventReason: classified('residency', z.string().nullable()),
  residencyEventDate: classified('residency', IsoDate.nullable()),
  removalType: classified('residency', z.string().nullable()),
  removalDate: classified('residency', IsoDate.nullable()),
  nationalityOrRegion: classified('nationality', z.string().nullable()),
  statusOfResidence: classified('nationality', z.string().nullable()),
  residencePermissionCategory: classified('nationality', z.string().nullable()),
  periodOfStay: classified('nationality', z.string().nullable()),
  restrictions: classified('restriction', z.array(z.string())),
  remarks: classified('remarks', z.string().nullable()),
  householdSize: classified('household', z.int()),
});

export const revealResident = defineOperation({
  service: 'registry',
  name: 'reveal-resident',
  kind: 'query',
  summary:
    'The resident of a grant, limited to the field classes that policy gives to role and purpose.',
  request: z.strictObject({ residentId: Id, purpose: z.enum(PURPOSES) }),
  reply: z.strictObject({ resident: ResidentView.schema }),
  refusals: [],
  allow: ['operator', 'senior-operator', 'reviewer', 'venue-staff', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const recipientForPrint = defineOperation({
  service: 'registry',
  name: 'recipient-for-print',
  kind: 'query',
  summary:
    'Name and postal address for a paper that leaves the house now, rechecked with the register; for notices only.',
  request: z.strictObject({ residentId: Id }),
  reply: z.strictObject({
    name: z.string(),
    dateOfBirth: z.string(),
    sex: z.enum(['unknown', 'male', 'female', 'not-applicable']),
    postalCode: z.string().nullable(),
    address: z.string(),
    buildingLine: z.string().nullable(),
  }),
  refusals: ['destination_not_allowed'],
  allow: ['operator', 'senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

/** What other services may know of a resident: no name, no address. */
export const ResidentCopy = z.strictObject({
  residentId: Id,
  version: z.int().positive(),
  /** `YYYY-MM-DD`; a partly unknown birth date is given as its latest possible day. */
  dateOfBirth: IsoDate,
  /** Half-open intervals of residence in this municipality; `to` null while it lasts. */
  residency: z.array(z.strictObject({ from: IsoDate, to: IsoDate.nullable() })),
  /** Decisions on this person are referred to the supervisor desk. */
  refer: z.boolean(),
});
export type ResidentCopy = z.infer<typeof ResidentCopy>;

export const residentsChanged = defineEvent({
  service: 'registry',
  aggregate: 'residents',
  fact: 'changed',
  summary: 'Residents added or changed, up to 500 in one message; aggregateId is the batch.',
  payload: z.strictObject({ residents: z.array(ResidentCopy).min(1).max(500) }),
  encrypted: true,
});

export const snapshotResidents = defineOperation({
  service: 'registry',
  name: 'snapshot-residents',
  kind: 'query',
  summary: 'Pages of all resident copies for a service that starts from nothing.',
  request: z.strictObject({ after: Id.optional(), limit: z.int().min(1).max(2000).default(2000) }),
  reply: z.strictObject({ residents: z.array(ResidentCopy), next: Id.optional() }),
  refusals: [],
  allow: ['service'],
  needs: 'nothing',
  timeLimitMs: 15_000,
});

/** Tells `calls` whom a case served, so that it can be found as an earlier case. */
export const residentVerified = defineEvent({
  service: 'registry',
  aggregate: 'case',
  fact: 'verified',
  summary: 'A caller was verified in a case.',
  payload: z.strictObject({ caseId: Id, residentId: Id }),
  encrypted: false,
});

export const registryOperations = [
  verifyPerson,
  verifyAtDesk,
  searchCandidates,
  numberOnRecord,
  renewGrant,
  revealResident,
  recipientForPrint,
  snapshotResidents,
] as const;
export const registryEvents = [residentsChanged, residentVerified] as const;

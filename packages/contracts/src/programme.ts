import { z } from 'zod';
import {
  Catalogue,
  DoseRule,
  OtherVaccineRule,
  PriorityGroup,
  Product,
  Programme,
  Vaccine,
  Venue,
} from './catalogue.ts';
import { defineEvent } from './event.ts';
import type { OperationDeclaration } from './operation.ts';
import { defineOperation } from './operation.ts';
import type { RuleRefusalCode } from './refusals.ts';
import type { Role } from './roles.ts';
import { Code, Difference, FileBytes, Instant, IsoDate, RefusedRow, typedText } from './shapes.ts';

/** Roles that look after vaccines, rules and venues. */
export const ADMINISTERING: readonly Role[] = [
  'city-staff',
  'operations-manager',
  'system-administrator',
];

/** Puts a row in, or in place of the revision that was read: 0 for a new one. Nothing is ever deleted. */
const put = <
  Name extends string,
  Shape extends z.ZodRawShape,
  const Codes extends readonly RuleRefusalCode[],
>(
  declared: Pick<OperationDeclaration<z.ZodType, z.ZodType, Codes>, 'summary' | 'refusals'> & {
    name: Name;
    row: Shape;
  },
) =>
  defineOperation({
    service: 'programme',
    name: declared.name,
    kind: 'command',
    summary: declared.summary,
    request: z.strictObject({
      ...declared.row,
      revision: z.int().min(0),
      /** Why, for the history. */
      reason: typedText(500),
    }),
    reply: z.strictObject({ revision: z.int().positive(), version: z.int().positive() }),
    refusals: ['changed_meanwhile', 'reason_too_short', ...declared.refusals] as const,
    allow: ADMINISTERING,
    needs: 'nothing',
    idempotent: true,
  });

export const putVaccine = put({
  name: 'put-vaccine',
  summary: 'Enters or corrects a vaccine.',
  row: { vaccine: Vaccine },
  refusals: [],
});
export const putProduct = put({
  name: 'put-product',
  summary: 'Enters or corrects a product of a vaccine.',
  row: { product: Product },
  refusals: ['reference_unknown'],
});
export const putProgramme = put({
  name: 'put-programme',
  summary: 'Enters or corrects a programme and the series its doses are counted in.',
  row: { programme: Programme },
  refusals: ['reference_unknown'],
});
/** Of a row that holds for a range of days, and may be followed by another version of itself. */
const DATED_REFUSALS = [
  'reference_unknown',
  'range_reversed',
  /** `items` of the details: the member that reaches into the later version, with its beginning. */
  'later_version_overlapped',
  /** `items` of the details: the beginning that lies in the earlier version, with its last day. */
  'earlier_version_overlapped',
] as const satisfies readonly RuleRefusalCode[];

export const putDoseRule = put({
  name: 'put-dose-rule',
  summary: 'Enters, corrects or ends (validTo) a rule of a dose; future bookings are checked anew.',
  row: { rule: DoseRule },
  refusals: DATED_REFUSALS,
});
export const putOtherVaccineRule = put({
  name: 'put-other-vaccine-rule',
  summary: 'Enters, corrects or ends the days between a dose and one against something else.',
  row: { rule: OtherVaccineRule },
  refusals: DATED_REFUSALS,
});
export const putPriorityGroup = put({
  name: 'put-priority-group',
  summary: 'Enters, corrects or ends a priority group and its opening day.',
  row: { group: PriorityGroup },
  refusals: DATED_REFUSALS,
});
export const putVenue = put({
  name: 'put-venue',
  summary: 'Enters or corrects a venue.',
  row: { venue: Venue },
  refusals: ['reference_unknown', 'range_reversed'],
});

const withRevision = <S extends z.ZodRawShape>(shape: z.ZodObject<S>) =>
  shape.extend({ revision: z.int().positive() });

export const listRules = defineOperation({
  service: 'programme',
  name: 'list-rules',
  kind: 'query',
  summary: 'Vaccines, products, programmes and their rules; of a day only, or of all days.',
  request: z.strictObject({ programmeCode: Code.optional(), validOn: IsoDate.optional() }),
  reply: z.strictObject({
    version: z.int().min(0),
    vaccines: z.array(withRevision(Vaccine)),
    products: z.array(withRevision(Product)),
    programmes: z.array(withRevision(Programme)),
    doseRules: z.array(withRevision(DoseRule)),
    otherVaccineRules: z.array(withRevision(OtherVaccineRule)),
    priorityGroups: z.array(withRevision(PriorityGroup)),
  }),
  refusals: [],
  allow: [...ADMINISTERING, 'auditor'],
  needs: 'nothing',
});

export const CATALOGUE_KINDS = [
  'vaccine',
  'product',
  'programme',
  'priority-group',
  'dose-rule',
  'other-vaccine-rule',
  'venue',
] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

export const listChanges = defineOperation({
  service: 'programme',
  name: 'list-changes',
  kind: 'query',
  summary:
    'What a row of the catalogue said before: by whom it was changed, when and why; newest first.',
  request: z.strictObject({ kind: z.enum(CATALOGUE_KINDS), code: typedText(64) }),
  reply: z.strictObject({
    changes: z.array(
      z.strictObject({
        revision: z.int().positive(),
        version: z.int().positive(),
        changedBy: z.string(),
        changedAt: Instant,
        reason: z.string(),
        /** Where a row was ended for its next version, that one; where it is one, the row before. */
        continuedBy: Code.optional(),
        continues: Code.optional(),
        /** The members that differ, as they were and as they became; all of them for the first. */
        differences: z.array(Difference),
      }),
    ),
  }),
  refusals: [],
  allow: [...ADMINISTERING, 'auditor'],
  needs: 'nothing',
});

export const listProgrammeVenues = defineOperation({
  service: 'programme',
  name: 'list-venues',
  kind: 'query',
  summary: 'Venues with opening hours, closing days and products.',
  request: z.strictObject({}),
  reply: z.strictObject({ version: z.int().min(0), venues: z.array(withRevision(Venue)) }),
  refusals: [],
  allow: [...ADMINISTERING, 'auditor'],
  needs: 'nothing',
});

const ENCODINGS = ['cp932', 'utf-8'] as const;

export const VenueImportReport = z.strictObject({
  encoding: z.enum(ENCODINGS),
  rows: z.int().min(0),
  added: z.int().min(0),
  changed: z.int().min(0),
  unchanged: z.int().min(0),
  ignoredColumns: z.array(z.string()),
  refused: z.array(RefusedRow),
  /** Of a dry run: venues that there are and that would be others, and the version they were compared with. */
  wouldChange: z.strictObject({ version: z.int().min(0), venues: z.array(Venue) }).optional(),
});
export type VenueImportReport = z.infer<typeof VenueImportReport>;

export const importVenues = defineOperation({
  service: 'programme',
  name: 'import-venues',
  kind: 'command',
  summary: 'Takes a CSV of venues (CP932 or UTF-8): all of it, or nothing and every fault by line.',
  request: z.strictObject({ fileBase64: FileBytes, dryRun: z.boolean().default(false) }),
  reply: VenueImportReport,
  refusals: ['import_refused'],
  allow: ADMINISTERING,
  needs: 'nothing',
  idempotent: true,
  timeLimitMs: 15_000,
});

export const exportVenues = defineOperation({
  service: 'programme',
  name: 'export-venues',
  kind: 'query',
  summary: 'The venues as the CSV that import-venues takes.',
  request: z.strictObject({ encoding: z.enum(ENCODINGS).default('cp932') }),
  reply: z.strictObject({ fileName: z.string(), fileBase64: z.string(), rows: z.int().min(0) }),
  refusals: ['characters_not_encodable'],
  allow: ADMINISTERING,
  needs: 'nothing',
});

export const catalogueChanged = defineEvent({
  service: 'programme',
  aggregate: 'catalogue',
  fact: 'changed',
  summary: 'The whole catalogue of vaccines, rules and venues after a change.',
  payload: Catalogue,
  encrypted: false,
});

export const snapshotCatalogue = defineOperation({
  service: 'programme',
  name: 'snapshot-catalogue',
  kind: 'query',
  summary: 'The whole catalogue for a service that starts from nothing.',
  request: z.strictObject({}),
  reply: Catalogue,
  refusals: [],
  allow: ['service'],
  needs: 'nothing',
});

export const programmeOperations = [
  putVaccine,
  putProduct,
  putProgramme,
  putDoseRule,
  putOtherVaccineRule,
  putPriorityGroup,
  putVenue,
  listRules,
  listChanges,
  listProgrammeVenues,
  importVenues,
  exportVenues,
  snapshotCatalogue,
] as const;
export const programmeEvents = [catalogueChanged] as const;

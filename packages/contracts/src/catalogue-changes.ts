import { z } from 'zod';
import {
  DoseRule,
  OtherVaccineRule,
  PriorityGroup,
  Product,
  Programme,
  Vaccine,
  Venue,
} from './catalogue.ts';
import { defineOperation } from './operation.ts';
import { ADMINISTERING } from './programme.ts';
import { Code, IsoDate, Sentence, typedText, VenueCode } from './shapes.ts';

const DATED = [
  z.strictObject({ kind: z.literal('dose-rule'), row: DoseRule }),
  z.strictObject({ kind: z.literal('other-vaccine-rule'), row: OtherVaccineRule }),
  z.strictObject({ kind: z.literal('priority-group'), row: PriorityGroup }),
] as const;

/** A row that holds for a range of vaccination days, and so can be followed by another version of itself. */
const DatedEntry = z.discriminatedUnion('kind', DATED);
/** A row of the catalogue with its kind. */
const CatalogueEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('vaccine'), row: Vaccine }),
  z.strictObject({ kind: z.literal('product'), row: Product }),
  z.strictObject({ kind: z.literal('programme'), row: Programme }),
  z.strictObject({ kind: z.literal('venue'), row: Venue }),
  ...DATED,
]);
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

export const changeFromDay = defineOperation({
  service: 'programme',
  name: 'change-from-day',
  kind: 'command',
  summary:
    'Changes a rule or a priority group from a day on: the row in force ends the day before, its next version, under a code of its own, begins on that day; both or neither. Rules that name a changed group are carried over to its next version.',
  request: z.strictObject({
    /** The row in force. */
    code: Code,
    /** At which it was read. */
    revision: z.int().positive(),
    /** The next version; it begins on its `validFrom`, tomorrow at the earliest. */
    next: DatedEntry,
    /** Decides only: what would be written, or why it would be refused. */
    dryRun: z.boolean().default(false),
    /** Why, for the history of both. */
    reason: typedText(500),
  }),
  reply: z.strictObject({
    /** Of the catalogue afterwards; as it stands, of a dry run. */
    version: z.int().min(0),
    /** Of the row that was ended. */
    revision: z.int().positive(),
    /** Every row that was written, as it is now. */
    rows: z.array(DatedEntry),
    /** Rules that named the group: which of them name its next version now, and which were ended for that. */
    carriedOver: z.array(z.strictObject({ ended: Code.nullable(), begun: Code })),
  }),
  refusals: [
    'catalogue_row_not_found',
    'changed_meanwhile',
    'code_in_use',
    'day_not_ahead',
    'later_version_exists',
    'list_belongs_to_code',
    'not_in_force_around_day',
    'nothing_changed',
    'range_reversed',
    'reason_too_short',
    'reference_unknown',
  ],
  allow: ADMINISTERING,
  needs: 'nothing',
  idempotent: true,
});

const Count = z.int().min(0);

export const countAffectedBookings = defineOperation({
  service: 'reservations',
  name: 'count-affected-bookings',
  kind: 'query',
  summary:
    'How many bookings from tomorrow on rows of the catalogue would put on the worklist, or leave on a closing day, with a product that is given no more, or outside the hours, if they were saved now; by reason, and by venue and week. Names nobody and changes nothing.',
  request: z.strictObject({
    /** Rows as they would be. */
    entries: z.array(CatalogueEntry).min(1).max(1_000),
    /** Version of the catalogue in which they were read; an older copy here is not asked. */
    version: z.int().min(0),
  }),
  reply: z.strictObject({
    /** Version of the catalogue that the rows were laid over. */
    version: z.int().min(0),
    /** Bookings from tomorrow on. */
    bookings: Count,
    /** Bookings that would come on the worklist, and those that are on it for their rules and would stay. */
    toCall: Count,
    alreadyToCall: Count,
    /** On the worklist now, and allowed again then. */
    allowedAgain: Count,
    /** Bookings on days on which the venue would newly be closed; calling them follows the closing of the session. */
    onClosingDays: Count,
    /** Bookings of products that their venue would newly give no more; calling them follows the same. */
    ofProductsTakenOff: Count,
    /** Bookings in slots that would newly lie outside the hours of their venue; their sessions are to be looked at. */
    outsideHours: Count,
    /** Of `toCall` and the three after it, by the first reason, most frequent first. */
    byReason: z.array(z.strictObject({ reason: z.string(), sentence: Sentence, count: Count })),
    /** The same by venue and week, which is named by its Monday. */
    byVenueWeek: z.array(
      z.strictObject({ venueCode: VenueCode, weekOf: IsoDate, count: z.int().positive() }),
    ),
  }),
  refusals: [],
  allow: ADMINISTERING,
  needs: 'nothing',
  timeLimitMs: 25_000,
});

export const catalogueChangeOperations = [changeFromDay, countAffectedBookings] as const;

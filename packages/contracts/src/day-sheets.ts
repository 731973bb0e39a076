import { z } from 'zod';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import { DoseNumber, Id, IsoDate, VenueCode } from './shapes.ts';

export const DAY_SHEET_FORMATS = ['pdf', 'csv-utf8', 'csv-cp932'] as const;
export type DaySheetFormat = (typeof DAY_SHEET_FORMATS)[number];

export const printDaySheet = defineOperation({
  service: 'reservations',
  name: 'print-day-sheet',
  kind: 'command',
  summary:
    'Who comes to a venue on a day (当日名簿), as PDF or CSV, once a second person approved this selection; names are rechecked with the register.',
  request: z.strictObject({
    venueCode: VenueCode,
    day: IsoDate,
    format: z.enum(DAY_SHEET_FORMATS),
    /** Of kind export, for `day-sheet/<venue>/<day>`; good for one sheet. */
    approvalId: Id,
  }),
  reply: z.strictObject({
    fileName: z.string(),
    mediaType: z.enum(['application/pdf', 'text/csv']),
    contentBase64: z.string(),
    people: z.int().min(0),
    /** Of them, those shown without a name. */
    withoutName: z.int().min(0),
  }),
  refusals: [
    'not_at_this_venue',
    'approval_required',
    'approval_not_here_yet',
    'venue_not_found',
    'glyph_missing',
    'character_missing',
  ],
  allow: ['city-staff', 'venue-staff'],
  needs: 'nothing',
  timeLimitMs: 20_000,
});

/** One person of a list that leaves the house; what policy does not show is absent. */
export const PersonForList = z.strictObject({
  residentId: Id,
  name: z.string().optional(),
  nameKana: z.string().nullable().optional(),
  /** `YYYY-MM-DD`, or as far as it is known. */
  dateOfBirth: z.string().optional(),
});
export type PersonForList = z.infer<typeof PersonForList>;

export const namesForDaySheet = defineOperation({
  service: 'registry',
  name: 'names-for-day-sheet',
  kind: 'command',
  summary:
    'Names for a day sheet that leaves the house now, under an approval of this selection; protected and moved-away people are kept back alike; where they stand on no sheet, the protected come into the queue of the desk. For reservations only.',
  request: z.strictObject({
    venueCode: VenueCode,
    day: IsoDate,
    approvalId: Id,
    /** Asked for in several messages, a sheet is one run: the approval is good for one. */
    runId: Id,
    /** None on a day without bookings: its sheet needs the approval too. */
    residentIds: z.array(Id).max(500),
    /** Whose name is kept back stands on no sheet at all, so the desk has to serve them by hand. */
    leftOut: z.boolean(),
  }),
  reply: z.strictObject({ people: z.array(PersonForList) }),
  refusals: ['not_at_this_venue', 'approval_required', 'approval_not_here_yet'],
  allow: ['city-staff', 'venue-staff'],
  needs: 'nothing',
});

export const reminderDue = defineEvent({
  service: 'reservations',
  aggregate: 'reservation',
  fact: 'reminder-due',
  summary: 'A booked day is near; told once for every booking of a day.',
  payload: z.strictObject({
    reservationId: Id,
    residentId: Id,
    doseNumber: DoseNumber,
    date: IsoDate,
  }),
  encrypted: false,
});

export const daySheetOperations = [printDaySheet, namesForDaySheet] as const;
export const daySheetEvents = [reminderDue] as const;

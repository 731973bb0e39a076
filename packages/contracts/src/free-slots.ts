import { z } from 'zod';
import { WEEKDAYS } from './catalogue.ts';
import { defineOperation } from './operation.ts';
import { EligibilityReason, SlotView, TAKING_SEATS } from './reservations.ts';
import {
  Code,
  Cursor,
  daysInOrder,
  DoseNumber,
  Id,
  Instant,
  IsoDate,
  NearDay,
  timesInOrder,
  typedText,
  VenueCode,
  WallTime,
} from './shapes.ts';

/** All free slots by time, or only the next one of each venue, town, product or day of the week. */
export const FREE_SLOT_VIEWS = [
  'slots',
  'next-by-venue',
  'next-by-town',
  'next-by-product',
  'next-by-weekday',
] as const;
export type FreeSlotView = (typeof FREE_SLOT_VIEWS)[number];

/** Days that one search can span. */
export const LONGEST_SLOT_SEARCH_DAYS = 120;

const DAY_MS = 86_400_000;
const spannedDays = ({ from, to }: { from: string; to: string }): number =>
  (Date.parse(to) - Date.parse(from)) / DAY_MS;

export const findFreeSlots = defineOperation({
  service: 'reservations',
  name: 'find-free-slots',
  kind: 'query',
  summary:
    'Free slots for a person over all venues, by venue, town, weekday, time of day and product, or the next of each; with the reasons why days are left out and why nothing is free.',
  request: z
    .strictObject({
      residentId: Id,
      doseNumber: DoseNumber,
      /** A booking of this person that is to be moved: the search takes it for given up. */
      movingReservationId: Id.optional(),
      /** First and last day, both included. */
      from: NearDay,
      to: NearDay,
      venueCodes: z.array(VenueCode).min(1).max(50).optional(),
      towns: z.array(typedText(40)).min(1).max(50).optional(),
      productCode: Code.optional(),
      weekdays: z.array(z.enum(WEEKDAYS)).min(1).max(7).optional(),
      /** Slots that start at or after the one and before the other. */
      timeFrom: WallTime.optional(),
      timeTo: WallTime.optional(),
      view: z.enum(FREE_SLOT_VIEWS).default('slots'),
      limit: z.int().min(1).max(100).default(30),
      /** From the answer before, for the same person and the same wishes. */
      cursor: Cursor.optional(),
    })
    .refine(...daysInOrder)
    .refine(...timesInOrder)
    .refine((asked) => spannedDays(asked) < LONGEST_SLOT_SEARCH_DAYS, {
      message: `spans more than ${LONGEST_SLOT_SEARCH_DAYS} days`,
      path: ['to'],
    }),
  reply: z.strictObject({
    slots: z.array(SlotView),
    nextCursor: Cursor.optional(),
    /**
     * Why days of the range were left out for this person, and where nothing is free, what became of the
     * seats: all taken, left to other channels, not open yet, closed, or never planned.
     */
    reasons: z.array(EligibilityReason),
    /** First day in the range on which the rules would allow it. */
    earliestDate: IsoDate.optional(),
    /** Where nothing is free: when the first of the slots meant opens. */
    nextOpening: Instant.optional(),
  }),
  refusals: ['reservation_not_found'],
  allow: TAKING_SEATS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

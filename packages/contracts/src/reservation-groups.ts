import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { EligibilityReason, SERVING, SlotView, TAKING_A_SEAT } from './reservations.ts';
import {
  Code,
  daysInOrder,
  DoseNumber,
  Id,
  IsoDate,
  NearDay,
  timesInOrder,
  typedText,
  VenueCode,
  WallTime,
} from './shapes.ts';

/** A booking as it is read back to the caller. */
const Booked = {
  reservationId: Id,
  confirmationNumber: z.string(),
  doseNumber: DoseNumber,
  slot: SlotView,
};

export const proposePair = defineOperation({
  service: 'reservations',
  name: 'propose-pair',
  kind: 'query',
  summary:
    "Seats for the dose after, to choose from: the same place and time at the rule's standard interval or what is nearest, then other times of that day and the days around.",
  request: z.strictObject({
    residentId: Id,
    /** The first of the two doses. */
    doseNumber: DoseNumber.default(1),
    slotId: Id,
    limit: z.int().min(1).max(20).default(5),
  }),
  reply: z.strictObject({
    standardDate: IsoDate,
    earliestDate: IsoDate,
    slots: z.array(SlotView),
  }),
  /** What stands against the second dose on every day. */
  refusals: TAKING_A_SEAT,
  allow: SERVING,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const bookPair = defineOperation({
  service: 'reservations',
  name: 'book-pair',
  kind: 'command',
  summary:
    'Books a dose and the one after it together or not at all; the second by the standard interval where no slot is named.',
  request: z
    .strictObject({
      residentId: Id,
      /** The first of the two doses. */
      doseNumber: DoseNumber.default(1),
      holdId: Id.optional(),
      slotId: Id.optional(),
      secondSlotId: Id.optional(),
    })
    .refine((request) => (request.holdId === undefined) !== (request.slotId === undefined), {
      message: 'exactly one of holdId and slotId',
    }),
  reply: z.strictObject({ bookings: z.array(z.strictObject(Booked)).length(2) }),
  /** `doseNumber` of the details says which of the two could not be booked. */
  refusals: [
    ...TAKING_A_SEAT,
    'hold_not_found',
    'hold_expired',
    'second_dose_not_free',
    'seat_budget_exceeded',
  ],
  allow: SERVING,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

const Member = z.strictObject({ residentId: Id, doseNumber: DoseNumber });
type Member = z.infer<typeof Member>;
const Members = z
  .array(Member)
  .min(2)
  .max(50)
  .refine((members) => new Set(members.map((one) => one.residentId)).size === members.length, {
    message: 'each resident once',
  });
/** Minutes from the first slot's start within which everybody's slot starts. */
const SpanMinutes = z.int().min(0).max(480).default(60);
const residentsOf = (request: { members: readonly Member[] }) =>
  request.members.map((member) => member.residentId);

export const findGroupSlots = defineOperation({
  service: 'reservations',
  name: 'find-group-slots',
  kind: 'query',
  summary: 'When and where all of a family or facility can come together, earliest first.',
  request: z
    .strictObject({
      members: Members,
      from: NearDay,
      to: NearDay,
      venueCode: VenueCode.optional(),
      town: typedText(20).optional(),
      productCode: Code.optional(),
      timeFrom: WallTime.optional(),
      timeTo: WallTime.optional(),
      spanMinutes: SpanMinutes,
      limit: z.int().min(1).max(50).default(10),
    })
    .refine(...daysInOrder)
    .refine(...timesInOrder),
  reply: z.strictObject({
    visits: z.array(
      z.strictObject({
        /** Where the first of them sit. */
        slot: SlotView,
        /** Seats left for the caller's channel from there to the end of the span. */
        seats: z.int().min(0),
      }),
    ),
    /** Why days of the range were left out, by resident. */
    reasons: z.array(z.strictObject({ residentId: Id, ...EligibilityReason.shape })),
  }),
  refusals: [],
  allow: SERVING,
  needs: 'grant',
  residentsOf,
});

export const bookGroup = defineOperation({
  service: 'reservations',
  name: 'book-group',
  kind: 'command',
  summary:
    'Books several residents at one venue and day, from a slot on to those after it: all of them or none.',
  request: z.strictObject({ members: Members, slotId: Id, spanMinutes: SpanMinutes }),
  reply: z.strictObject({
    bookings: z.array(z.strictObject({ residentId: Id, ...Booked })),
  }),
  /** `members` of the details of group_refused: `residentId`, `code`, `ja`, `en` of who cannot. */
  refusals: [
    'slot_not_found',
    'slot_closed',
    'slot_not_open',
    'slot_in_past',
    'group_refused',
    'seat_budget_exceeded',
  ],
  allow: SERVING,
  needs: 'grant',
  residentsOf,
  idempotent: true,
  timeLimitMs: 10_000,
});

export const bookCompanion = defineOperation({
  service: 'reservations',
  name: 'book-companion',
  kind: 'command',
  summary: 'Books a seat beside another booking: at the same time, else right before or after it.',
  request: z
    .strictObject({
      residentId: Id,
      doseNumber: DoseNumber,
      /** A booking of a resident of the same grant. */
      besideReservationId: Id.optional(),
      /** A booking whose number the caller can say, in any notation. */
      besideConfirmationNumber: typedText(60).optional(),
      /** The birth date of who has that number, since it says when and where they come. */
      besideDateOfBirth: IsoDate.optional(),
    })
    .refine(
      (request) =>
        (request.besideReservationId === undefined) !==
        (request.besideConfirmationNumber === undefined),
      { message: 'exactly one of besideReservationId and besideConfirmationNumber' },
    )
    .refine(
      (request) =>
        (request.besideConfirmationNumber === undefined) ===
        (request.besideDateOfBirth === undefined),
      {
        message: 'besideDateOfBirth is given with besideConfirmationNumber, and only with it',
        path: ['besideDateOfBirth'],
      },
    ),
  reply: z.strictObject({
    ...Booked,
    /** Minutes between the two; negative where the companion comes before. */
    minutesApart: z.int(),
  }),
  refusals: [
    ...TAKING_A_SEAT,
    'reservation_not_found',
    'confirmation_number_mistyped',
    'no_seat_beside',
    'seat_budget_exceeded',
  ],
  allow: SERVING,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const reservationGroupOperations = [
  proposePair,
  bookPair,
  findGroupSlots,
  bookGroup,
  bookCompanion,
] as const;

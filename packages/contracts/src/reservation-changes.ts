import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { SlotView, TAKING_A_SEAT, TAKING_SEATS, Version } from './reservations.ts';
import { Id } from './shapes.ts';

export const changeReservation = defineOperation({
  service: 'reservations',
  name: 'change-reservation',
  kind: 'command',
  summary: 'Takes the new seat and frees the old one in one transaction.',
  request: z.strictObject({
    residentId: Id,
    reservationId: Id,
    slotId: Id,
    /** Version of the booking that was looked at; refused when it has changed since. */
    expectedVersion: Version.optional(),
  }),
  reply: z.strictObject({
    reservationId: Id,
    confirmationNumber: z.string(),
    slot: SlotView,
    version: Version,
  }),
  refusals: [
    ...TAKING_A_SEAT,
    'reservation_not_found',
    'reservation_not_changeable',
    'reservation_changed_meanwhile',
    'seat_budget_exceeded',
  ],
  allow: TAKING_SEATS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const CANCEL_REASONS = [
  'own-wish',
  'illness',
  'vaccinated-elsewhere',
  'booked-twice',
  'moving-away',
  'other',
] as const;

export const cancelReservation = defineOperation({
  service: 'reservations',
  name: 'cancel-reservation',
  kind: 'command',
  summary: 'Cancels with a reason and frees the seat; on request with the doses that hang on it.',
  request: z.strictObject({
    residentId: Id,
    reservationId: Id,
    reason: z.enum(CANCEL_REASONS),
    /** Cancels the booked doses after it too; without it they make the command refused. */
    withFollowing: z.boolean().optional(),
    expectedVersion: Version.optional(),
  }),
  reply: z.strictObject({
    reservationId: Id,
    state: z.literal('cancelled'),
    /** Bookings of the doses after it that were cancelled with it. */
    alsoCancelled: z.array(Id),
  }),
  /** `following` of the details of following_dose_booked: `reservationId`, `doseNumber`, `date` of each. */
  refusals: [
    'reservation_not_found',
    'reservation_not_changeable',
    'reservation_changed_meanwhile',
    'following_dose_booked',
  ],
  allow: TAKING_SEATS,
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const reservationChangeOperations = [changeReservation, cancelReservation] as const;

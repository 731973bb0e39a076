import { z } from 'zod';
import { WEEKDAYS } from './catalogue.ts';
import { defineOperation } from './operation.ts';
import { ADMINISTERING_SESSIONS } from './reservation-sessions.ts';
import { Difference, Instant, IsoDate, typedText, WallTime } from './shapes.ts';

const Minutes = z.int().min(1).max(1_440);

/** What the city sets of calling people, of offers from the waiting list, and of sessions. */
export const ReservationSettings = z
  .strictObject({
    /** Hours in which people are called, in Tokyo; half-open. */
    callingFrom: WallTime,
    callingTo: WallTime,
    callingWeekdays: z.array(z.enum(WEEKDAYS)).min(1).max(7),
    /** On national holidays and from 29 December to 3 January too. */
    callsOnHolidays: z.boolean(),
    /** The city's own days on which nobody is called. */
    closedDays: z.array(IsoDate).max(200),
    /** How long an offer stands, by telephone in minutes of calling hours. */
    phoneMinutes: Minutes,
    webMinutes: Minutes,
    /** A seat that cannot be kept for so long is offered to nobody. */
    shortestMinutes: Minutes,
    /** Offers that may run out before somebody is taken off the list. */
    offersToMiss: z.int().min(1).max(20),
    /** Days from today within which sessions can be opened. */
    sessionDaysAhead: z.int().min(1).max(1_830),
  })
  .refine((settings) => settings.callingFrom < settings.callingTo, {
    message: 'must lie after callingFrom',
    path: ['callingTo'],
  })
  .refine((settings) => settings.shortestMinutes <= settings.phoneMinutes, {
    message: 'must not be less than shortestMinutes',
    path: ['phoneMinutes'],
  })
  .refine((settings) => settings.shortestMinutes <= settings.webMinutes, {
    message: 'must not be less than shortestMinutes',
    path: ['webMinutes'],
  });
export type ReservationSettings = z.infer<typeof ReservationSettings>;

export const showSettings = defineOperation({
  service: 'reservations',
  name: 'show-settings',
  kind: 'query',
  summary:
    'What the city has set of calling hours, offers and sessions, and what it was before; newest first.',
  request: z.strictObject({}),
  reply: z.strictObject({
    settings: ReservationSettings,
    /** 0 while nobody has changed anything. */
    revision: z.int().min(0),
    changes: z.array(
      z.strictObject({
        revision: z.int().positive(),
        changedBy: z.string(),
        changedAt: Instant,
        reason: z.string(),
        differences: z.array(Difference),
      }),
    ),
  }),
  refusals: [],
  allow: [...ADMINISTERING_SESSIONS, 'auditor'],
  needs: 'nothing',
});

export const changeSettings = defineOperation({
  service: 'reservations',
  name: 'change-settings',
  kind: 'command',
  summary: 'Sets calling hours, offers and sessions in place of the revision that was read.',
  request: z.strictObject({
    settings: ReservationSettings,
    revision: z.int().min(0),
    /** Why, for the history. */
    reason: typedText(500),
  }),
  reply: z.strictObject({ revision: z.int().min(0) }),
  refusals: ['changed_meanwhile', 'reason_too_short'],
  allow: ADMINISTERING_SESSIONS,
  needs: 'nothing',
  idempotent: true,
});

export const reservationSettingsOperations = [showSettings, changeSettings] as const;

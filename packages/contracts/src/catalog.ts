import { approvalUses } from './approvals.ts';
import { auditOperations } from './audit.ts';
import { callsEvents, callsOperations } from './calls.ts';
import { catalogueChangeOperations } from './catalogue-changes.ts';
import { daySheetEvents, daySheetOperations } from './day-sheets.ts';
import type { AnyEventType } from './event.ts';
import { feedEvents } from './feeds.ts';
import { findFreeSlots } from './free-slots.ts';
import { groupMembersOperations } from './group-members.ts';
import { healthRecordsEvents, healthRecordsOperations } from './health-records.ts';
import { misuseEvents } from './misuse.ts';
import { noticesEvents, noticesOperations } from './notices.ts';
import type { AnyOperation } from './operation.ts';
import { programmeEvents, programmeOperations } from './programme.ts';
import { registerDeskOperations } from './register-desk.ts';
import { registryEvents, registryOperations } from './registry.ts';
import { reservationChangeOperations } from './reservation-changes.ts';
import { reservationGroupOperations } from './reservation-groups.ts';
import {
  reservationSessionsEvents,
  reservationSessionsOperations,
} from './reservation-sessions.ts';
import { reservationSettingsOperations } from './reservation-settings.ts';
import { reservationsEvents, reservationsOperations } from './reservations.ts';
import { sessionChangeOperations } from './session-changes.ts';
import { sessionFilesOperations } from './session-files.ts';
import { staffEvents, staffOperations } from './staff.ts';
import { tryRules } from './try-rules.ts';
import { workItemsEvents, workItemsOperations } from './work-items.ts';
import { waitlistEvents, waitlistOperations } from './waitlist.ts';
import { venueDayEvents, venueDayOperations } from './venue-day.ts';

/** Names of the services that own data; console owns none. */
export const SERVICES = [
  'registry',
  'programme',
  'reservations',
  'health-records',
  'notices',
  'calls',
  'staff',
  'audit',
  'console',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Every operation there is. A subject outside this list is served by nobody. */
export const OPERATIONS: readonly AnyOperation[] = [
  ...registryOperations,
  ...registerDeskOperations,
  ...programmeOperations,
  ...catalogueChangeOperations,
  ...reservationsOperations,
  findFreeSlots,
  ...reservationSessionsOperations,
  ...reservationSettingsOperations,
  ...sessionChangeOperations,
  ...sessionFilesOperations,
  ...workItemsOperations,
  ...waitlistOperations,
  ...daySheetOperations,
  tryRules,
  ...groupMembersOperations,
  ...reservationChangeOperations,
  ...reservationGroupOperations,
  ...venueDayOperations,
  ...healthRecordsOperations,
  ...noticesOperations,
  ...callsOperations,
  ...staffOperations,
  ...auditOperations,
];

/** Every fact there is. */
export const EVENTS: readonly AnyEventType[] = [
  ...feedEvents,
  ...registryEvents,
  ...programmeEvents,
  ...reservationsEvents,
  ...reservationSessionsEvents,
  ...workItemsEvents,
  ...waitlistEvents,
  ...daySheetEvents,
  ...venueDayEvents,
  ...misuseEvents,
  ...healthRecordsEvents,
  ...noticesEvents,
  ...callsEvents,
  ...staffEvents,
  ...approvalUses,
];

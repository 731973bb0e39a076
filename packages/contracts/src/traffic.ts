import { openWorkItemCase, recordTelephoneEvent } from './calls.ts';
import type { ServiceName } from './catalog.ts';
import { OPERATIONS, SERVICES } from './catalog.ts';
import { namesForDaySheet } from './day-sheets.ts';
import { matchAddressees } from './group-members.ts';
import { snapshotDoses } from './health-records.ts';
import type { AnyOperation } from './operation.ts';
import { snapshotCatalogue } from './programme.ts';
import { recipientForPrint, snapshotResidents } from './registry.ts';
import { signalSubjects } from './signals.ts';

/**
 * What a service does on NATS beside serving its own operations and telling its own facts. The
 * permissions of its key are derived from this list, so what is not in here is refused by the server.
 */
export type Traffic = {
  /** Operations it asks of others. */
  calls: readonly AnyOperation[];
  /** Its durable consumers: name of each, and the services whose facts it reads. */
  follows: Readonly<Record<string, readonly ServiceName[]>>;
  /** Core NATS signals it sends, and those it hears beside the ones that every service hears. */
  sends: readonly string[];
  hears: readonly string[];
};

/** Signals that empty a verifier's cache; every service is one. */
export const HEARD_BY_ALL: readonly string[] = [
  signalSubjects.caseEnded,
  signalSubjects.sessionRevoked,
];

const { caseEnded, sessionRevoked, residentTouched } = signalSubjects;
const everyDesk = signalSubjects.operatorCase('*');

const writers = SERVICES.filter((service) => service !== 'console');

/** The console is a door: whatever somebody other than a service may ask, is asked through it. */
const throughTheDoor = OPERATIONS.filter(
  ({ allow }) => allow === 'anyone' || allow.some((role) => role !== 'service'),
);

export const TRAFFIC: Readonly<Record<ServiceName, Traffic>> = {
  registry: {
    calls: [],
    follows: { tickets: ['notices'], approvals: ['staff'] },
    sends: [residentTouched],
    hears: [],
  },
  programme: { calls: [], follows: {}, sends: [], hears: [] },
  reservations: {
    calls: [
      snapshotResidents,
      snapshotDoses,
      snapshotCatalogue,
      openWorkItemCase,
      namesForDaySheet,
      matchAddressees,
    ],
    follows: {
      residents: ['registry'],
      doses: ['health-records'],
      catalogue: ['programme'],
      'case-ends': ['calls'],
      approvals: ['staff'],
    },
    sends: [residentTouched],
    hears: [],
  },
  'health-records': {
    calls: [snapshotResidents],
    follows: { 'ticket-ledger': ['notices'] },
    sends: [],
    hears: [],
  },
  notices: {
    calls: [snapshotResidents, recipientForPrint],
    follows: { residents: ['registry'] },
    sends: [residentTouched],
    hears: [],
  },
  calls: {
    calls: [],
    follows: {
      'desk-sessions': ['staff'],
      'case-residents': ['registry'],
      'work-items': ['reservations'],
    },
    sends: [caseEnded, everyDesk],
    hears: [],
  },
  staff: {
    calls: [],
    follows: { 'used-approvals': ['registry', 'reservations'] },
    sends: [sessionRevoked],
    hears: [],
  },
  audit: {
    calls: [],
    follows: Object.fromEntries(writers.map((writer) => [`log-of-${writer}`, [writer]])),
    sends: [],
    hears: [],
  },
  console: {
    calls: [...throughTheDoor, recordTelephoneEvent],
    follows: {},
    sends: [],
    hears: [everyDesk, residentTouched],
  },
};

import { z } from 'zod';
import { classified, disclosure } from './disclosure.ts';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import { Code, DoseNumber, Id, Instant, IsoDate, TicketNumber } from './shapes.ts';

export const DoseView = disclosure({
  doseId: classified('open', Id),
  doseNumber: classified('dose', DoseNumber, 'keep'),
  vaccinationDate: classified('dose', IsoDate, 'keep'),
  productCode: classified('dose', Code),
  productName: classified('dose', z.string()),
  venueName: classified('dose', z.string().nullable()),
  lotNumber: classified('dose', z.string().nullable()),
});

export const listDoses = defineOperation({
  service: 'health-records',
  name: 'list-doses',
  kind: 'query',
  summary: 'Doses given to the resident of a grant, oldest first.',
  request: z.strictObject({ residentId: Id }),
  reply: z.strictObject({ doses: z.array(DoseView.schema) }),
  refusals: [],
  allow: ['operator', 'senior-operator', 'city-staff', 'phone-agent'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const LedgerEntryView = disclosure({
  entryId: classified('open', Id),
  entry: classified('ticket', z.enum(['issued', 'voided', 'used'])),
  ticketNumber: classified('ticket', TicketNumber),
  doseNumber: classified('ticket', DoseNumber),
  reason: classified('ticket', z.string().nullable()),
  enteredAt: classified('ticket', Instant),
});

export const listTicketLedger = defineOperation({
  service: 'health-records',
  name: 'list-ticket-ledger',
  kind: 'query',
  summary: 'The official ledger of tickets of the resident of a grant.',
  request: z.strictObject({ residentId: Id }),
  reply: z.strictObject({ entries: z.array(LedgerEntryView.schema) }),
  refusals: [],
  allow: ['operator', 'senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const DoseCopy = z.strictObject({
  residentId: Id,
  doseId: Id,
  version: z.int().positive(),
  doseNumber: DoseNumber,
  vaccinationDate: IsoDate,
  productCode: Code,
});
export type DoseCopy = z.infer<typeof DoseCopy>;

export const dosesRecorded = defineEvent({
  service: 'health-records',
  aggregate: 'doses',
  fact: 'recorded',
  summary: 'Doses recorded or corrected, up to 500 in one message.',
  payload: z.strictObject({ doses: z.array(DoseCopy).min(1).max(500) }),
  encrypted: true,
});

export const snapshotDoses = defineOperation({
  service: 'health-records',
  name: 'snapshot-doses',
  kind: 'query',
  summary: 'Pages of all doses for a service that starts from nothing.',
  request: z.strictObject({ after: Id.optional(), limit: z.int().min(1).max(2000).default(2000) }),
  reply: z.strictObject({ doses: z.array(DoseCopy), next: Id.optional() }),
  refusals: [],
  allow: ['service'],
  needs: 'nothing',
  timeLimitMs: 15_000,
});

export const healthRecordsOperations = [listDoses, listTicketLedger, snapshotDoses] as const;
export const healthRecordsEvents = [dosesRecorded] as const;

import { z } from 'zod';
import { classified, disclosure } from './disclosure.ts';
import { defineEvent } from './event.ts';
import { defineOperation } from './operation.ts';
import { DoseNumber, Id, Instant, TicketNumber } from './shapes.ts';

/** The national list of reasons for reissuing a ticket (1–6), and the four added from the third dose on. */
export const REISSUE_REASONS = [
  'lost-or-damaged',
  'address-changed-after-sending',
  'not-delivered',
  'no-register-entry',
  'screening-only-used-twice',
  'other-accepted-by-mayor',
  'moved-in-after-doses-elsewhere',
  'vrs-error',
  'vaccinated-abroad-or-trial',
  'overseas-resident-programme',
] as const;

export const TicketView = disclosure({
  ticketId: classified('open', Id),
  ticketNumber: classified('ticket', TicketNumber),
  doseNumber: classified('ticket', DoseNumber),
  state: classified('ticket', z.enum(['issued', 'used', 'void'])),
  issuedAt: classified('ticket', Instant),
  voidedAt: classified('ticket', Instant.nullable()),
  reissueReason: classified('ticket', z.enum(REISSUE_REASONS).nullable()),
});

export const listTickets = defineOperation({
  service: 'notices',
  name: 'list-tickets',
  kind: 'query',
  summary: 'Tickets of the resident of a grant, newest first.',
  request: z.strictObject({ residentId: Id }),
  reply: z.strictObject({ tickets: z.array(TicketView.schema) }),
  refusals: [],
  allow: ['operator', 'senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
});

export const reissueTicket = defineOperation({
  service: 'notices',
  name: 'reissue-ticket',
  kind: 'command',
  summary:
    'Voids the live ticket of a dose and issues a new number; goes to the address on register only.',
  request: z.strictObject({ residentId: Id, ticketId: Id, reason: z.enum(REISSUE_REASONS) }),
  reply: z.strictObject({
    ticketId: Id,
    voidedTicketNumber: TicketNumber,
    ticketNumber: TicketNumber,
    /** 券種 + 回数 + 市町村コード + 券番号, 18 digits. */
    ocrLine: z.string().regex(/^\d{18}$/),
  }),
  refusals: ['ticket_not_found', 'ticket_not_reissuable', 'reissue_limit_reached'],
  allow: ['operator', 'senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  idempotent: true,
});

export const printTicket = defineOperation({
  service: 'notices',
  name: 'print-ticket',
  kind: 'command',
  summary: 'The PDF of a live ticket, addressed to the register after rechecking it there.',
  request: z.strictObject({ residentId: Id, ticketId: Id }),
  reply: z.strictObject({ fileName: z.string(), pdfBase64: z.string(), pages: z.int().positive() }),
  refusals: [
    'ticket_not_found',
    'ticket_not_reissuable',
    'destination_not_allowed',
    'glyph_missing',
  ],
  allow: ['operator', 'senior-operator', 'city-staff'],
  needs: 'grant',
  residentsOf: (request) => [request.residentId],
  timeLimitMs: 10_000,
});

/** Ticket state as other services may know it. */
export const TicketCopy = z.strictObject({
  ticketId: Id,
  residentId: Id,
  version: z.int().positive(),
  ticketNumber: TicketNumber,
  doseNumber: DoseNumber,
  state: z.enum(['issued', 'used', 'void']),
  reason: z.string().nullable(),
  at: Instant,
});
export type TicketCopy = z.infer<typeof TicketCopy>;

export const ticketsIssued = defineEvent({
  service: 'notices',
  aggregate: 'tickets',
  fact: 'issued',
  summary: 'Tickets issued, up to 500 in one message.',
  payload: z.strictObject({ tickets: z.array(TicketCopy).min(1).max(500) }),
  encrypted: true,
});
export const ticketVoided = defineEvent({
  service: 'notices',
  aggregate: 'tickets',
  fact: 'voided',
  summary: 'A ticket number was made void.',
  payload: z.strictObject({ ticket: TicketCopy }),
  encrypted: true,
});

export const snapshotTickets = defineOperation({
  service: 'notices',
  name: 'snapshot-tickets',
  kind: 'query',
  summary: 'Pages of all tickets for a service that starts from nothing.',
  request: z.strictObject({ after: Id.optional(), limit: z.int().min(1).max(2000).default(2000) }),
  reply: z.strictObject({ tickets: z.array(TicketCopy), next: Id.optional() }),
  refusals: [],
  allow: ['service'],
  needs: 'nothing',
  timeLimitMs: 15_000,
});

export const noticesOperations = [
  listTickets,
  reissueTicket,
  printTicket,
  snapshotTickets,
] as const;
export const noticesEvents = [ticketsIssued, ticketVoided] as const;

import type { TicketCopy, ticketsIssued, ticketVoided } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepTickets } from '../store/ticket-copies.ts';

type TicketEvent = ReceivedEvent<typeof ticketsIssued> | ReceivedEvent<typeof ticketVoided>;

/** Keeps the copy of ticket numbers. */
export async function followTickets(event: TicketEvent, tx: Transaction): Promise<void> {
  const tickets: TicketCopy[] =
    'tickets' in event.payload ? event.payload.tickets : [event.payload.ticket];
  await keepTickets(tx.query, tickets);
}

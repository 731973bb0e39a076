import type { TicketCopy, ticketsIssued, ticketVoided } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';

type TicketEvent = ReceivedEvent<typeof ticketsIssued> | ReceivedEvent<typeof ticketVoided>;

/** Keeps the copy of ticket numbers; an older version never overwrites a newer one. */
export async function followTickets(event: TicketEvent, tx: Transaction): Promise<void> {
  const tickets: TicketCopy[] =
    'tickets' in event.payload ? event.payload.tickets : [event.payload.ticket];
  await tx.query(
    `INSERT INTO ticket_copy (ticket_id, resident_id, ticket_number, state, version)
     SELECT "ticketId", "residentId", "ticketNumber", state, version
     FROM jsonb_to_recordset($1::jsonb) AS t("ticketId" uuid, "residentId" uuid, "ticketNumber" text, state text, version int)
     ON CONFLICT (ticket_id) DO UPDATE SET state = excluded.state, version = excluded.version
     WHERE ticket_copy.version < excluded.version`,
    [JSON.stringify(tickets)],
  );
}

import type { TicketCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/** Keeps the copy of ticket numbers; an older version never overwrites a newer one. */
export async function keepTickets(query: Query, tickets: readonly TicketCopy[]): Promise<void> {
  await query(
    `INSERT INTO ticket_copy (ticket_id, resident_id, ticket_number, state, version)
     SELECT "ticketId", "residentId", "ticketNumber", state, version
     FROM jsonb_to_recordset($1::jsonb) AS t("ticketId" uuid, "residentId" uuid, "ticketNumber" text, state text, version int)
     ON CONFLICT (ticket_id) DO UPDATE SET state = excluded.state, version = excluded.version
     WHERE ticket_copy.version < excluded.version`,
    [JSON.stringify(tickets)],
  );
}

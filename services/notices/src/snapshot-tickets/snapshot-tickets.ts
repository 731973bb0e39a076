import type { snapshotTickets as SnapshotTickets } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { pageOfTickets, ticketCopy } from '../store/ticket-store.ts';

/** Pages of all tickets for a service that starts from nothing; the page itself is audited. */
export function snapshotTickets(
  runtime: Pick<Runtime, 'database'>,
): Handler<typeof SnapshotTickets> {
  return async (request, context) => {
    const page = { after: request.after, limit: request.limit };
    const tickets = await runtime.database.transaction(context.who, async (tx) => {
      const rows = await pageOfTickets(tx.query, page);
      tx.audit({
        action: 'disclosure',
        operation: 'notices.snapshot-tickets',
        outcome: 'done',
        fieldClasses: ['ticket'],
        detail: { count: rows.length, ...(rows[0] ? { first: rows[0].ticketId } : {}) },
      });
      return rows;
    });
    const last = tickets.at(-1);
    return ok({
      tickets: tickets.map(ticketCopy),
      ...(last && tickets.length === request.limit ? { next: last.ticketId } : {}),
    });
  };
}

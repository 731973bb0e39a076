import type { listTickets as ListTickets } from '@madoguchi/contracts';
import { TicketView } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { classesShown, project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import type { Ticket } from '../store/ticket-store.ts';
import { ticketsOfResident } from '../store/ticket-store.ts';

const viewOf = (ticket: Ticket) => ({
  ticketId: ticket.ticketId,
  ticketNumber: ticket.ticketNumber,
  doseNumber: ticket.doseNumber,
  state: ticket.state,
  issuedAt: ticket.issuedAt.toISOString(),
  voidedAt: ticket.voidedAt?.toISOString() ?? null,
  reissueReason: ticket.reissueReason,
});

/** Tickets of the resident of a grant, newest first; audited before they leave. */
export function listTickets(runtime: Pick<Runtime, 'database'>): Handler<typeof ListTickets> {
  return async (request, context) => {
    const { grant } = context;
    const purpose = grant?.purposes[0];
    if (!grant || !purpose) return refuse('grant_required');
    if (grant.classes.ticket === 'none') return refuse('purpose_not_allowed');
    return runtime.database.transaction({ ...context.who, purpose }, async (tx) => {
      const rows = await ticketsOfResident(tx.query, request.residentId);
      const tickets = rows.map((row) => project(TicketView, viewOf(row), grant.classes));
      tx.audit({
        action: 'disclosure',
        operation: 'notices.list-tickets',
        outcome: 'done',
        residents: [request.residentId],
        fieldClasses: [
          ...new Set(tickets.flatMap((view) => classesShown(TicketView, view))),
        ] as never,
        detail: { count: tickets.length },
      });
      return ok({ tickets });
    });
  };
}

import type { TicketCopy, ticketsIssued, ticketVoided } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import type { ReceivedEvent } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { LedgerEntry } from '../store/ledger-store.ts';
import { addEntries } from '../store/ledger-store.ts';

type TicketEvent = ReceivedEvent<typeof ticketsIssued> | ReceivedEvent<typeof ticketVoided>;

const ENTRY_OF: Record<TicketCopy['state'], LedgerEntry['entry']> = {
  issued: 'issued',
  void: 'voided',
  used: 'used',
};

/** Enters what notices tells into the official ledger; a fact that comes twice is entered once. */
export function enterTickets(runtime: Pick<Runtime, 'clock'>) {
  return async (event: TicketEvent, tx: Transaction): Promise<void> => {
    const tickets = 'tickets' in event.payload ? event.payload.tickets : [event.payload.ticket];
    const enteredAt = runtime.clock.now();
    const added = await addEntries(
      tx.query,
      tickets.map(({ state, ticketId, residentId, ticketNumber, doseNumber, reason }) => ({
        entryId: newId(),
        entry: ENTRY_OF[state],
        ticketId,
        residentId,
        ticketNumber,
        doseNumber,
        reason,
        enteredAt,
      })),
    );
    if (added === 0) return;
    tx.audit({
      action: 'change',
      operation: 'health-records.enter-tickets',
      outcome: 'done',
      residents: tickets.map((ticket) => ticket.residentId),
      fieldClasses: ['ticket'],
      detail: { entered: added, eventId: event.eventId },
    });
  };
}

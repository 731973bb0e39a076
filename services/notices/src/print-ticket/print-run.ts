import type { recipientForPrint, ReplyOf, Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import { recordPrint } from '../store/print-record-store.ts';
import type { Ticket } from '../store/ticket-store.ts';
import { findTicket, unprintedTickets } from '../store/ticket-store.ts';
import { loadTicketFonts } from './fonts.ts';
import type { Printer } from './paper-of.ts';
import { paperOf } from './paper-of.ts';
import { renderPage } from './render-page.ts';
import { ticketPage } from './ticket-page.ts';

export type RunWanted = Printer & {
  database: Database;
  who: Who;
  approvalId: string;
  /** Most papers of this run. */
  limit: number;
  /** Whom the register sends a paper to now; nobody keeps it back. */
  recipientOf: (residentId: string) => Promise<ReplyOf<typeof recipientForPrint> | undefined>;
  /** Takes a paper that is entered in the print record. */
  put: (fileName: string, pdf: Buffer) => Promise<void>;
  onTotal?: (tickets: number) => void;
  onTicket?: () => void;
};

export type RunReport = { printed: number; keptBack: number; glyphsMissing: number };

/** Enters the paper, unless the number was voided while it was drawn. */
async function enter({ database, who, approvalId }: RunWanted, ticket: Ticket) {
  const { residentId, ticketId } = ticket;
  return database.transaction(who, async (tx) => {
    const still = await findTicket(tx.query, { residentId, ticketId });
    const live = still?.state === 'issued';
    const printId = newId();
    if (live)
      await recordPrint(tx.query, {
        printId,
        ticketId,
        printedBy: who.actorId,
        printedAt: new Date(),
        pages: 1,
      });
    tx.audit({
      action: live ? 'print' : 'refusal',
      operation: 'notices.print-run',
      outcome: live ? 'done' : 'refused',
      residents: [residentId],
      fieldClasses: live ? ['name', 'birth', 'address', 'ticket'] : [],
      purpose: 'batch',
      detail: live ? { ticketId, printId, approvalId } : { ticketId, approvalId },
    });
    return live;
  });
}

/**
 * Papers of live tickets that were never printed. Each is in the print record and the audit log before
 * it is handed over; a run that breaks off is gone on with by the next one.
 */
export async function printRun(wanted: RunWanted): Promise<RunReport> {
  const fonts = await loadTicketFonts(wanted.config.FONT_DIRECTORIES);
  const { municipalityCode } = wanted.who;
  const tickets = await unprintedTickets(wanted.database.read, {
    municipalityCode,
    limit: wanted.limit,
  });
  wanted.onTotal?.(tickets.length);
  const report: RunReport = { printed: 0, keptBack: 0, glyphsMissing: 0 };
  for (const ticket of tickets) {
    const recipient = await wanted.recipientOf(ticket.residentId);
    const page =
      recipient && (await renderPage(ticketPage(paperOf(wanted, ticket, recipient)), fonts));
    if (!page) report.keptBack += 1;
    else if (!page.ok) report.glyphsMissing += 1;
    else if (await enter(wanted, ticket)) {
      await wanted.put(`ticket-${ticket.ticketId}.pdf`, page.value);
      report.printed += 1;
    }
    wanted.onTicket?.();
  }
  return report;
}

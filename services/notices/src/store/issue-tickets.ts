import type { Who } from '@madoguchi/contracts';
import { ticketsIssued } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { Clock } from '@madoguchi/kernel';
import { newId } from '@madoguchi/kernel';
import type { Ticket, TicketToIssue } from './ticket-store.ts';
import { insertTickets, takeTicketNumbers, ticketCopy, withoutLiveTicket } from './ticket-store.ts';

type IssueContext = { database: Database; clock: Clock; who: Who };

/** As many as fit into one event. */
const BATCH = 500;

/**
 * Those who have no live ticket yet, each with a fresh number. In a transaction of its own: a reissue
 * that waits for the counter must never wait for our rows.
 */
async function takeNumbers(context: IssueContext, batch: readonly TicketToIssue[]) {
  const { database, who } = context;
  return database.transaction(who, async (tx) => {
    const wanted = await withoutLiveTicket(tx.query, batch);
    const count = wanted.length;
    const { municipalityCode } = who;
    const numbers =
      count === 0 ? [] : await takeTicketNumbers(tx.query, { municipalityCode, count });
    return wanted.map((one, place) => ({ ...one, ticketNumber: numbers[place] ?? '' }));
  });
}

async function issueBatch(context: IssueContext, batch: readonly TicketToIssue[]) {
  const { database, clock, who } = context;
  const wanted = await takeNumbers(context, batch);
  if (wanted.length === 0) return 0;
  return database.transaction(who, async (tx) => {
    const issuedAt = clock.now();
    const tickets = wanted.map((one): Ticket => ({
      ticketId: newId(),
      municipalityCode: who.municipalityCode,
      ticketNumber: one.ticketNumber,
      residentId: one.residentId,
      doseNumber: one.doseNumber,
      state: 'issued',
      issuedAt,
      voidedAt: null,
      reissueReason: null,
      replaces: null,
      version: 1,
    }));
    const written = new Set(await insertTickets(tx.query, tickets));
    const issued = tickets.filter((ticket) => written.has(ticket.ticketId));
    if (issued.length === 0) return 0;
    tx.record({
      type: ticketsIssued,
      aggregateId: newId(),
      aggregateVersion: 1,
      payload: { tickets: issued.map(ticketCopy) },
    });
    tx.audit({
      action: 'change',
      operation: 'notices.issue-tickets',
      outcome: 'done',
      residents: issued.map((ticket) => ticket.residentId),
      fieldClasses: ['ticket'],
      detail: { issued: issued.length },
    });
    return issued.length;
  });
}

/**
 * Issues first tickets in batches, for a print run, an import or the demo. A resident who has a live
 * ticket of that dose is left out, so that a run may be repeated after a break.
 * @param onProgress called after each batch with the number of residents dealt with so far
 */
export async function issueTickets(
  context: IssueContext,
  wanted: readonly TicketToIssue[],
  onProgress?: (done: number) => void,
): Promise<{ issued: number; leftOut: number }> {
  let issued = 0;
  for (let start = 0; start < wanted.length; start += BATCH) {
    const batch = wanted.slice(start, start + BATCH);
    issued += await issueBatch(context, batch);
    onProgress?.(start + batch.length);
  }
  return { issued, leftOut: wanted.length - issued };
}

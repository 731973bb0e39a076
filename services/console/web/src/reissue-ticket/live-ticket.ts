import type { Ticket } from '../gateway/contract-types.ts';

/** A ticket that is still valid, with the fields a reissue needs. */
export type LiveTicket = { ticketId: string; ticketNumber: string; doseNumber: number };

export function liveTickets(tickets: readonly Ticket[]): readonly LiveTicket[] {
  return tickets.flatMap(({ ticketId, ticketNumber, doseNumber, state }) =>
    state === 'issued' &&
    ticketId !== undefined &&
    ticketNumber !== undefined &&
    doseNumber !== undefined
      ? [{ ticketId, ticketNumber, doseNumber }]
      : [],
  );
}

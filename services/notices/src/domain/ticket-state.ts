/** Named situations of a ticket. */
export type TicketState = 'issued' | 'used' | 'void';

/** What happens to a ticket: another takes its place, a dose is given on it, the city withdraws it. */
export type TicketAct = 'reissue' | 'use' | 'withdraw';

/**
 * What each act makes of each state; undefined where it is not allowed. A used or void number never
 * comes back to life: a clinic may still hold the paper.
 */
export const TICKET_TRANSITIONS: Record<TicketState, Record<TicketAct, TicketState | undefined>> = {
  issued: { reissue: 'void', use: 'used', withdraw: 'void' },
  used: { reissue: undefined, use: undefined, withdraw: undefined },
  void: { reissue: undefined, use: undefined, withdraw: undefined },
};

export function afterAct(state: TicketState, act: TicketAct): TicketState | undefined {
  return TICKET_TRANSITIONS[state][act];
}

import type { REISSUE_REASONS } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { TicketState } from './ticket-state.ts';
import { afterAct } from './ticket-state.ts';

export type ReissueReason = (typeof REISSUE_REASONS)[number];

export type ReissueFacts = {
  /** The ticket asked for, among the resident's own; undefined where there is none. */
  ticket: { state: TicketState } | undefined;
  /** 支援措置 or other restriction, as the registry tells it. */
  refer: boolean;
  reissuedToday: number;
  limitPerDay: number;
  /** The grant came from the desk, with a second person's approval. */
  approved: boolean;
};

export type ReissueRefusal = Refusal<
  'ticket_not_found' | 'ticket_not_reissuable' | 'reissue_limit_reached'
>;

/** A second person may go past the day's limit, but not without end. */
const APPROVED_FACTOR = 3;

/**
 * May this ticket be replaced now? A person whom the registry refers, without the desk's approval, is
 * answered like one who has no such ticket (architecture §4.6).
 */
export function decideReissue(facts: ReissueFacts): Result<{ becomes: 'void' }, ReissueRefusal> {
  if (!facts.ticket || (facts.refer && !facts.approved)) return refuse('ticket_not_found');
  if (afterAct(facts.ticket.state, 'reissue') !== 'void') return refuse('ticket_not_reissuable');
  const limit = facts.limitPerDay * (facts.approved ? APPROVED_FACTOR : 1);
  if (facts.reissuedToday >= limit) return refuse('reissue_limit_reached');
  return ok({ becomes: 'void' });
}

import type { SessionChange } from '@madoguchi/contracts';
import { changeOfSelection } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { ApprovalRefusal } from '../domain/judge-approval.ts';
import { judgeApproval } from '../domain/judge-approval.ts';
import { measureChange } from './measure-change.ts';
import { findChange, lockApproval, useApproval } from './session-change-store.ts';
import type { SessionSlot } from './session-slots-store.ts';
import type { SessionRow } from './session-store.ts';

/** The events of a second person's yes are a moment behind it. */
const HERE_SOON_MS = 1_000;

export type ChangeAsked = {
  change: SessionChange;
  /** Locked. */
  sessions: readonly SessionRow[];
  /** Theirs, locked too. */
  slots: readonly SessionSlot[];
  approvalId: string | undefined;
  /** Who does it, and so must have asked for the approval; undefined at the administrator's command line. */
  requestedBy: string | undefined;
  now: Date;
};

/** How many people it hits, and whose yes it is done by; for the log. */
export type Agreement = {
  people: number;
  approved?: { approvalId: string; approvedBy: string; peopleThen: number };
};

type NotAgreed =
  | ApprovalRefusal
  | Refusal<'session_change_needs_approval'>
  | Refusal<'approval_not_here_yet'>;

/**
 * Two people for a change that takes seats from people who are booked, one for any other. The approval is
 * used up by it; whoever is refused has used nothing.
 */
export async function agreeToChange(
  tx: Transaction,
  asked: ChangeAsked,
): Promise<Result<Agreement, NotAgreed>> {
  const { approvalId, change, sessions, requestedBy, now } = asked;
  const { people } = await measureChange(tx.query, change, asked);
  if (people === 0) return ok({ people });
  if (approvalId === undefined) return refuse('session_change_needs_approval', { people });
  const approval = await lockApproval(tx.query, approvalId);
  if (!approval) return refuse('approval_not_here_yet', { retryAfterMs: HERE_SOON_MS });
  const changeId = changeOfSelection(approval.selection);
  const proposed = changeId === undefined ? undefined : await findChange(tx.query, changeId);
  const judged = judgeApproval(approval, proposed, { change, sessions, requestedBy, now });
  if (!judged.ok) return judged;
  if (!proposed) return refuse('approval_for_something_else');
  await useApproval(tx, { approvalId, changeId: proposed.id, now });
  const approved = { approvalId, approvedBy: approval.decidedBy, peopleThen: proposed.people };
  return ok({ people, approved });
}

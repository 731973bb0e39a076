import type { SessionChange } from '@madoguchi/contracts';
import { changeOfSelection } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { canonicalJson, ok, refuse } from '@madoguchi/kernel';

export type Approval = {
  selection: string;
  requestedBy: string;
  decidedBy: string;
  decision: 'approved' | 'rejected';
  expiresAt: Date;
  usedAt: Date | null;
};

export type SessionVersion = { id: string; version: number };

/** A change as it was proposed. */
export type ProposedChange = {
  id: string;
  change: SessionChange;
  sessions: readonly SessionVersion[];
  people: number;
};

export type WantedChange = {
  change: SessionChange;
  sessions: readonly SessionVersion[];
  /** Who does it, and so must have asked; undefined at the administrator's command line. */
  requestedBy: string | undefined;
  now: Date;
};

export type ApprovalRefusal = Refusal<
  | 'approval_for_something_else'
  | 'approval_own_request'
  | 'approval_rejected'
  | 'approval_expired'
  | 'approval_used'
  | 'session_changed_meanwhile'
>;

const inOrder = (sessions: readonly SessionVersion[]): string =>
  canonicalJson(
    sessions
      .map(({ id, version }) => ({ id, version }))
      .toSorted((a, b) => a.id.localeCompare(b.id)),
  );

/** Is this a second person's yes to exactly this change of these sessions as they were, still good? */
export function judgeApproval(
  approval: Approval,
  proposed: ProposedChange | undefined,
  wanted: WantedChange,
): Result<true, ApprovalRefusal> {
  const { requestedBy, decidedBy } = approval;
  if (approval.decision === 'rejected') return refuse('approval_rejected');
  if (decidedBy === requestedBy || decidedBy === wanted.requestedBy)
    return refuse('approval_own_request');
  if (wanted.requestedBy !== undefined && requestedBy !== wanted.requestedBy)
    return refuse('approval_for_something_else');
  if (
    !proposed ||
    changeOfSelection(approval.selection) !== proposed.id ||
    canonicalJson(proposed.change) !== canonicalJson(wanted.change)
  )
    return refuse('approval_for_something_else');
  if (approval.usedAt !== null) return refuse('approval_used');
  if (approval.expiresAt <= wanted.now) return refuse('approval_expired');
  return inOrder(proposed.sessions) === inOrder(wanted.sessions)
    ? ok(true)
    : refuse('session_changed_meanwhile');
}

import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';

export const APPROVAL_LIFETIME_MS = 15 * 60_000;

export type Approval = {
  requestedBy: string;
  expiresAt: Date;
  decision: 'approved' | 'rejected' | null;
};

export type ApprovalState = 'pending' | 'approved' | 'rejected' | 'expired';

export function approvalState(approval: Approval, now: Date): ApprovalState {
  if (approval.decision !== null) return approval.decision;
  return approval.expiresAt <= now ? 'expired' : 'pending';
}

type DecisionRefusal = Refusal<
  'approval_own_request' | 'approval_already_decided' | 'approval_expired'
>;

/** Two people, one decision, in time. */
export function decide(
  approval: Approval,
  command: { decidedBy: string; now: Date },
): Result<true, DecisionRefusal> {
  if (approval.requestedBy === command.decidedBy) return refuse('approval_own_request');
  if (approval.decision !== null) return refuse('approval_already_decided');
  if (approval.expiresAt <= command.now) return refuse('approval_expired');
  return ok(true);
}

import type { ApprovalKind, Role } from '@madoguchi/contracts';
import { DECIDED_BY_THE_CITY } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';

export const APPROVAL_LIFETIME_MS = 15 * 60_000;

export type Approval = {
  kind: ApprovalKind;
  requestedBy: string;
  expiresAt: Date;
  decision: 'approved' | 'rejected' | null;
  usedAt: Date | null;
};

export type ApprovalState = 'pending' | 'approved' | 'rejected' | 'expired' | 'used';

/** A yes is good until it was used, where it can be used once, or its time is over. */
export function approvalState(approval: Approval, now: Date): ApprovalState {
  if (approval.decision === 'rejected') return 'rejected';
  if (approval.usedAt !== null) return 'used';
  if (approval.decision === 'approved' && approval.expiresAt > now) return 'approved';
  return approval.expiresAt <= now ? 'expired' : 'pending';
}

type DecisionRefusal = Refusal<
  'approval_own_request' | 'approval_by_the_city' | 'approval_already_decided' | 'approval_expired'
>;

/** Two people, one decision, in time; the second one of the city where the city answers for it. */
export function decide(
  approval: Approval,
  command: { decidedBy: string; role: Role; now: Date },
): Result<true, DecisionRefusal> {
  if (approval.requestedBy === command.decidedBy) return refuse('approval_own_request');
  if (DECIDED_BY_THE_CITY.includes(approval.kind) && command.role !== 'city-staff')
    return refuse('approval_by_the_city');
  if (approval.decision !== null) return refuse('approval_already_decided');
  if (approval.expiresAt <= command.now) return refuse('approval_expired');
  return ok(true);
}

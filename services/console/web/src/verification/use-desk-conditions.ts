import { useEffect, useEffectEvent, useState } from 'react';
import type { Problem } from '../gateway/answer.ts';
import type { Approval, ApprovalKind } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useQuery } from '../gateway/use-query.ts';

/** How often a waiting supervisor's screen asks whether the second person has decided, ms. */
const APPROVAL_POLL_MS = 2_000;

export type DeskConditionsState = {
  reason: string;
  setReason: (reason: string) => void;
  approval: Approval | undefined;
  approvalId: string | undefined;
  ready: boolean;
  busy: boolean;
  problem: Problem | undefined;
  stepUpOpen: boolean;
  setStepUpOpen: (open: boolean) => void;
  /** `inCase`: where the case was opened just now and has not reached this component yet. */
  ask: (inCase?: string) => Promise<void>;
};

/** Fresh code, reason and a second person's approval of one kind of action in one referred case. */
export function useDeskConditions(
  caseId: string | undefined,
  kind: ApprovalKind = 'desk-verification',
): DeskConditionsState {
  const gateway = useGateway();
  const [reason, setReason] = useState('');
  const [stepUpOpen, setStepUpOpen] = useState(false);
  const request = useCommand(gateway.requestApproval);
  const approvals = useQuery(() => gateway.listApprovals({}), caseId !== undefined);
  const approval = newestOf(approvals.value?.approvals ?? [], { caseId, kind });
  const waiting = approval?.state === 'pending';
  const look = useEffectEvent(approvals.reload);

  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(() => look(), APPROVAL_POLL_MS);
    return () => clearInterval(timer);
  }, [waiting]);

  const ask = async (inCase = caseId): Promise<void> => {
    if (inCase === undefined) return;
    const answer = await request.run({ kind, caseId: inCase, reason: reason.trim() });
    if (answer?.ok === false && answer.problem.code === 'step_up_required') setStepUpOpen(true);
    approvals.reload();
  };
  return {
    reason: reason === '' ? (approval?.reason ?? '') : reason,
    setReason,
    approval,
    approvalId: approval?.approvalId,
    ready: approval?.state === 'approved',
    busy: request.busy,
    problem: request.problem?.code === 'step_up_required' ? undefined : request.problem,
    stepUpOpen,
    setStepUpOpen,
    ask,
  };
}

function newestOf(
  approvals: readonly Approval[],
  wanted: { caseId: string | undefined; kind: ApprovalKind },
): Approval | undefined {
  return approvals
    .filter(({ kind, caseId }) => kind === wanted.kind && caseId === wanted.caseId)
    .toSorted((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];
}

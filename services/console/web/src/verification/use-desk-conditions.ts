import { useEffect, useEffectEvent, useState } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '../gateway/answer.ts';
import type { Approval, ApprovalKind } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useQuery } from '../gateway/use-query.ts';
import { besidesCode, useFreshCode } from '../sign-in/use-fresh-code.tsx';

/** How often a supervisor's screen asks whether the second person has decided, and whether a yes still stands, ms. */
const APPROVAL_POLL_MS = 2_000;

export type DeskConditionsState = {
  reason: string;
  setReason: (reason: string) => void;
  approval: Approval | undefined;
  approvalId: string | undefined;
  ready: boolean;
  busy: boolean;
  problem: Problem | undefined;
  /** The dialog that asks for a fresh code, while it does. */
  codeDialog: ReactNode;
  /** `inCase`: where the case was opened just now and has not reached this component yet. */
  ask: (inCase?: string) => Promise<void>;
};

/** What the second person agrees to: an action in one referred case, or one selection and nothing else. */
export type ApprovalWanted =
  | { kind: ApprovalKind; caseId: string | undefined }
  | { kind: ApprovalKind; selection: string };

/** Fresh code, reason and a second person's approval of what is wanted. */
export function useDeskConditions(wanted: ApprovalWanted): DeskConditionsState {
  const gateway = useGateway();
  const [reason, setReason] = useState('');
  const code = useFreshCode();
  const request = useCommand(gateway.requestApproval);
  const approvals = useQuery(() => gateway.listApprovals({}), subjectOf(wanted) !== undefined);
  const approval = newestOf(approvals.value?.approvals ?? [], wanted);
  // A yes can be used at a command line, or run out, while it stands here.
  const waiting = approval?.state === 'pending' || approval?.state === 'approved';
  const look = useEffectEvent(approvals.reload);

  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(() => look(), APPROVAL_POLL_MS);
    return () => clearInterval(timer);
  }, [waiting]);

  const ask = async (inCase?: string): Promise<void> => {
    const subject =
      'selection' in wanted
        ? { selection: wanted.selection }
        : { caseId: inCase ?? wanted.caseId ?? '' };
    if (subject.caseId === '') return;
    const asked = { kind: wanted.kind, ...subject, reason: reason.trim() };
    await code.withCode(() => request.run(asked));
    approvals.reload();
  };
  return {
    reason: reason === '' ? (approval?.reason ?? '') : reason,
    setReason,
    approval,
    approvalId: approval?.approvalId,
    ready: approval?.state === 'approved',
    busy: request.busy,
    problem: besidesCode(request.problem),
    codeDialog: code.dialog,
    ask,
  };
}

const subjectOf = (wanted: ApprovalWanted): string | undefined =>
  'selection' in wanted ? wanted.selection : wanted.caseId;

function newestOf(approvals: readonly Approval[], wanted: ApprovalWanted): Approval | undefined {
  return approvals
    .filter(
      (one) =>
        one.kind === wanted.kind &&
        ('selection' in wanted ? one.selection === wanted.selection : one.caseId === wanted.caseId),
    )
    .toSorted((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];
}

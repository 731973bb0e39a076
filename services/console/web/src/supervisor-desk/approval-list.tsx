import { useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime } from '../format/dates.ts';
import type { Approval } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import type { QueryState } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { approvalKindNames } from '../messages/names.ts';
import { deskMessages } from '../messages/task-messages.ts';
import { StepUpDialog } from '../sign-in/step-up-dialog.tsx';

type ApprovalListProps = {
  approvals: QueryState<{ approvals: Approval[] }>;
  operatorId: string;
};
type Decision = { approvalId: string; decision: 'approved' | 'rejected' };

/** Requests of others wait for a decision; own ones only show their state. */
export function ApprovalList({ approvals, operatorId }: ApprovalListProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const decide = useCommand(gateway.decideApproval);
  const [retry, setRetry] = useState<Decision | undefined>(undefined);
  const [done, setDone] = useState<Decision['decision'] | undefined>(undefined);

  const send = async (decision: Decision): Promise<void> => {
    setDone(undefined);
    const answer = await decide.run(decision);
    if (answer?.ok === true) setDone(decision.decision);
    if (answer?.ok === false && answer.problem.code === 'step_up_required') setRetry(decision);
    approvals.reload();
  };
  const pending = (approvals.value?.approvals ?? []).filter(({ state }) => state === 'pending');
  const problem = decide.problem?.code === 'step_up_required' ? undefined : decide.problem;
  return (
    <div className="stack">
      <ProblemNotice problem={problem ?? approvals.problem} />
      {done === undefined ? null : (
        <Notice tone="good">
          {t(done === 'approved' ? deskMessages.approvedNotice : deskMessages.rejectedNotice)}
        </Notice>
      )}
      {approvals.value === undefined ? <p className="empty">{t(general.loading)}</p> : null}
      {approvals.value !== undefined && pending.length === 0 ? (
        <p className="empty">{t(deskMessages.noApprovals)}</p>
      ) : null}
      {pending.map((approval) => (
        <ApprovalCard
          key={approval.approvalId}
          approval={approval}
          own={approval.requestedBy === operatorId}
          busy={decide.busy}
          onDecide={(decision) => void send({ approvalId: approval.approvalId, decision })}
        />
      ))}
      {retry === undefined ? null : (
        <StepUpDialog
          onClose={() => setRetry(undefined)}
          onDone={() => {
            setRetry(undefined);
            void send(retry);
          }}
        />
      )}
    </div>
  );
}

type ApprovalCardProps = {
  approval: Approval;
  own: boolean;
  busy: boolean;
  onDecide: (decision: Decision['decision']) => void;
};

function ApprovalCard({ approval, own, busy, onDecide }: ApprovalCardProps): ReactNode {
  const { language, t } = useLanguage();
  return (
    <article className="approval">
      <dl className="facts">
        <dt>{t(deskMessages.kind)}</dt>
        <dd>{t(approvalKindNames[approval.kind])}</dd>
        <dt>{t(deskMessages.requestedBy)}</dt>
        <dd>{approval.requestedByName}</dd>
        <dt>{t(deskMessages.reason)}</dt>
        <dd>{approval.reason}</dd>
        <dt>{t(deskMessages.expires)}</dt>
        <dd className="figures">{dayAndTime(approval.expiresAt, language)}</dd>
      </dl>
      <div className="row row--end">
        {own ? (
          <Badge tone="key">{t(deskMessages.ownRequest)}</Badge>
        ) : (
          <>
            <Button kind="danger" busy={busy} onClick={() => onDecide('rejected')}>
              {t(deskMessages.reject)}
            </Button>
            <Button kind="primary" busy={busy} onClick={() => onDecide('approved')}>
              {t(deskMessages.approve)}
            </Button>
          </>
        )}
      </div>
    </article>
  );
}

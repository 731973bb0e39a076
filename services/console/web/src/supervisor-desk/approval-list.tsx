import { DECIDED_BY_THE_CITY } from '@madoguchi/contracts/approvals';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime } from '../format/dates.ts';
import type { Approval, ReferredCase } from '../gateway/contract-types.ts';
import type { Session } from '../gateway/gateway.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import type { QueryState } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { approvalKindNames } from '../messages/names.ts';
import { secondPersonMessages } from '../messages/second-person-messages.ts';
import { deskMessages } from '../messages/task-messages.ts';
import { besidesCode, useFreshCode } from '../sign-in/use-fresh-code.tsx';
import { ApprovalSubject } from './approval-subject.tsx';

type ApprovalListProps = {
  approvals: QueryState<{ approvals: Approval[] }>;
  cases: readonly ReferredCase[];
  worker: Session['worker'];
  nameOf: (operatorId: string) => string;
};
type Decision = { approvalId: string; decision: 'approved' | 'rejected' };

/** Requests of others wait for a decision; own ones only show their state. */
export function ApprovalList({ approvals, cases, worker, nameOf }: ApprovalListProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const decide = useCommand(gateway.decideApproval);
  const code = useFreshCode();
  const place = useRef<HTMLDivElement>(null);
  const [done, setDone] = useState<Decision['decision'] | undefined>(undefined);

  const send = async (decision: Decision): Promise<void> => {
    setDone(undefined);
    const answer = await code.withCode(() => decide.run(decision));
    if (answer?.ok === true) {
      setDone(decision.decision);
      // The button that was pressed goes with its card; the next one is not to be pressed by mistake.
      place.current?.focus();
    }
    approvals.reload();
  };
  const pending = (approvals.value?.approvals ?? []).filter(({ state }) => state === 'pending');
  const problem = besidesCode(decide.problem);
  return (
    <div className="stack" ref={place} tabIndex={-1}>
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
          {...{ approval, cases, worker, nameOf }}
          busy={decide.busy}
          onDecide={(decision) => void send({ approvalId: approval.approvalId, decision })}
        />
      ))}
      {code.dialog}
    </div>
  );
}

type ApprovalCardProps = Pick<ApprovalListProps, 'cases' | 'worker' | 'nameOf'> & {
  approval: Approval;
  busy: boolean;
  onDecide: (decision: Decision['decision']) => void;
};

function ApprovalCard(props: ApprovalCardProps): ReactNode {
  const { approval, cases, worker, nameOf, busy, onDecide } = props;
  const { language, t } = useLanguage();
  const own = approval.requestedBy === worker.operatorId;
  const mayDecide = worker.role === 'city-staff' || !DECIDED_BY_THE_CITY.includes(approval.kind);
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
      <ApprovalSubject {...{ approval, cases, nameOf }} />
      <div className="row row--end">
        {own ? <Badge tone="key">{t(deskMessages.ownRequest)}</Badge> : null}
        {own || mayDecide ? null : <Badge>{t(secondPersonMessages.byTheCity)}</Badge>}
        {own || !mayDecide ? null : (
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

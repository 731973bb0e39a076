import { useState } from 'react';
import type { ReactNode } from 'react';
import { reasonText } from '../callbacks/reason-text.ts';
import { Badge } from '../design/badge.tsx';
import type { Tone } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime } from '../format/dates.ts';
import type { EmergencyClosing, EmergencyState } from '../gateway/contract-types.ts';
import type { Session } from '../gateway/gateway.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import type { QueryState } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { emergencyStateNames, secondPersonMessages } from '../messages/second-person-messages.ts';
import { SessionLines } from '../sessions/session-change-facts.tsx';
import { besidesCode, useFreshCode } from '../sign-in/use-fresh-code.tsx';

const TONES: Record<EmergencyState, Tone> = {
  unconfirmed: 'warn',
  overdue: 'bad',
  confirmed: 'good',
  disputed: 'bad',
};

type Decision = { emergencyId: string; decision: 'confirmed' | 'disputed' };
type EmergencyListProps = {
  closings: QueryState<{ closings: EmergencyClosing[] }>;
  worker: Session['worker'];
  nameOf: (operatorId: string) => string;
};

/** What one person closed in an emergency and a second one has yet to stand for; late ones stay until they do. */
export function EmergencyList({ closings, worker, nameOf }: EmergencyListProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const decide = useCommand(gateway.confirmEmergencyClosing);
  const code = useFreshCode();
  const [done, setDone] = useState<Decision['decision'] | undefined>(undefined);
  const send = async (decision: Decision): Promise<void> => {
    setDone(undefined);
    const answer = await code.withCode(() => decide.run(decision));
    if (answer?.ok === true) setDone(decision.decision);
    closings.reload();
  };
  const list = closings.value?.closings ?? [];
  const problem = besidesCode(decide.problem);
  if (list.length === 0 && problem === undefined) return null;
  return (
    <section className="stack" aria-labelledby="emergencies">
      <h3 id="emergencies" className="field__label">
        {t(secondPersonMessages.emergencies)}
      </h3>
      <ProblemNotice problem={problem} />
      {done === undefined ? null : (
        <Notice tone={done === 'confirmed' ? 'good' : 'warn'}>
          {t(
            done === 'confirmed'
              ? secondPersonMessages.confirmedNotice
              : secondPersonMessages.disputeLead,
          )}
        </Notice>
      )}
      {list.map((closing) => (
        <EmergencyCard
          key={closing.emergencyId}
          {...{ closing, worker, nameOf }}
          busy={decide.busy}
          onDecide={(decision) => void send({ emergencyId: closing.emergencyId, decision })}
        />
      ))}
      {code.dialog}
    </section>
  );
}

type EmergencyCardProps = Pick<EmergencyListProps, 'worker' | 'nameOf'> & {
  closing: EmergencyClosing;
  busy: boolean;
  onDecide: (decision: Decision['decision']) => void;
};

function EmergencyCard(props: EmergencyCardProps): ReactNode {
  const { closing, worker, nameOf, busy, onDecide } = props;
  const { language, t } = useLanguage();
  const { state, people: count } = closing;
  const open = state === 'unconfirmed' || state === 'overdue';
  return (
    <article className="approval">
      <div className="row">
        <Badge tone={TONES[state]}>{t(emergencyStateNames[state])}</Badge>
      </div>
      <dl className="facts">
        <dt>{t(secondPersonMessages.sessions)}</dt>
        <dd>
          <SessionLines {...closing} />
        </dd>
        <dt>{t(secondPersonMessages.explained)}</dt>
        <dd>
          {reasonText(closing.reason, language)}・{closing.explanation}
        </dd>
        <dt>{t(secondPersonMessages.called)}</dt>
        <dd className="figures">{t(secondPersonMessages.calledCount, { count })}</dd>
        <dt>{t(secondPersonMessages.closedBy)}</dt>
        <dd>
          {nameOf(closing.closedBy)}{' '}
          <span className="figures">{dayAndTime(closing.closedAt, language)}</span>
        </dd>
        <dt>{t(secondPersonMessages.confirmBy)}</dt>
        <dd className="figures">{dayAndTime(closing.confirmBy, language)}</dd>
      </dl>
      {open ? (
        <div className="row row--end">
          <EmergencyActions
            own={closing.closedBy === worker.operatorId}
            ofTheCity={worker.role === 'city-staff'}
            {...{ busy, onDecide }}
          />
        </div>
      ) : null}
    </article>
  );
}

type EmergencyActionsProps = Pick<EmergencyCardProps, 'busy' | 'onDecide'> & {
  own: boolean;
  ofTheCity: boolean;
};

function EmergencyActions({ own, ofTheCity, busy, onDecide }: EmergencyActionsProps): ReactNode {
  const { t } = useLanguage();
  if (own) return <Badge tone="key">{t(secondPersonMessages.ownClosing)}</Badge>;
  if (!ofTheCity) return <Badge>{t(secondPersonMessages.byTheCity)}</Badge>;
  return (
    <>
      <Button kind="danger" busy={busy} onClick={() => onDecide('disputed')}>
        {t(secondPersonMessages.dispute)}
      </Button>
      <Button kind="primary" busy={busy} onClick={() => onDecide('confirmed')}>
        {t(secondPersonMessages.confirm)}
      </Button>
    </>
  );
}

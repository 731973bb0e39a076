import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { shortDay } from '../format/dates.ts';
import { spokenNumber } from '../format/numbers.ts';
import type { Problem } from '../gateway/answer.ts';
import type { Callee, WorkItem } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { workItemKindNames } from '../messages/desk-names.ts';
import type { DeskConditionsState } from '../verification/use-desk-conditions.ts';
import { reasonText } from './reason-text.ts';

type CallbackTaskProps = {
  item: WorkItem | undefined;
  /** What the supervisor desk has to have first; absent elsewhere. */
  desk: DeskConditionsState | undefined;
  onShown: () => void;
};

/** What an operator needs to make the call: the matter, the number, and what to say first. */
export function CallbackTask({ item, desk, onShown }: CallbackTaskProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const asked = useQuery(() => gateway.calleesOfCase({}));
  const [opened, setOpened] = useState<readonly Callee[] | undefined>(undefined);
  const callees = opened ?? asked.value?.callees;
  return (
    <div className="stack">
      {item === undefined ? null : <Matter item={item} />}
      <h3>{t(callbackMessages.callee)}</h3>
      <ProblemNotice problem={asked.problem} />
      {callees === undefined && asked.problem === undefined ? (
        <p className="empty">{t(general.loading)}</p>
      ) : null}
      {callees?.map((callee) => (
        <CalleeCard key={callee.residentId} callee={callee} />
      ))}
      {callees?.length === 0 && desk !== undefined ? (
        <ProtectedCallee
          {...{ desk }}
          onOpened={(found) => {
            setOpened(found);
            onShown();
          }}
        />
      ) : null}
      {callees?.length === 0 && desk === undefined ? (
        <Notice tone="warn">{t(callbackMessages.noCallee)}</Notice>
      ) : null}
      <Notice tone="key">{t(callbackMessages.confirmFirst)}</Notice>
    </div>
  );
}

function Matter({ item }: { item: WorkItem }): ReactNode {
  const { language, t } = useLanguage();
  return (
    <dl className="facts">
      <dt>{t(callbackMessages.kind)}</dt>
      <dd>{t(workItemKindNames[item.kind])}</dd>
      {item.day === undefined ? null : (
        <>
          <dt>{t(callbackMessages.day)}</dt>
          <dd>{shortDay(item.day, language)}</dd>
        </>
      )}
      {item.reason === undefined ? null : (
        <>
          <dt>{t(callbackMessages.why)}</dt>
          <dd>{reasonText(item.reason, language)}</dd>
        </>
      )}
      <dt>{t(callbackMessages.tries)}</dt>
      <dd>{t(callbackMessages.triesCount, { count: item.tries })}</dd>
    </dl>
  );
}

function CalleeCard({ callee }: { callee: Callee }): ReactNode {
  const { t } = useLanguage();
  const name = callee.name ?? t(general.notShown);
  const numbers = callee.telephones ?? [];
  return (
    <div className="stack stack--tight">
      <p className="person__kana">{callee.nameKana}</p>
      <p className="big-number">
        <span>{name}</span>
        <strong className="figures">
          {numbers.map(spokenNumber).join('、') || t(callbackMessages.noTelephone)}
        </strong>
      </p>
      <ReadOut>{t(callbackMessages.greeting, { name })}</ReadOut>
    </div>
  );
}

type ProtectedCalleeProps = {
  desk: DeskConditionsState;
  onOpened: (callees: readonly Callee[]) => void;
};

/** The way of the desk to the number of somebody protected: the conditions stand beside, once for all. */
function ProtectedCallee({ desk, onOpened }: ProtectedCalleeProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  const { approvalId, ready, reason } = desk;
  useEffect(() => {
    if (ready) button.current?.focus();
  }, [ready]);
  const show = async (): Promise<void> => {
    if (approvalId === undefined) return;
    const answer = await gateway.calleesOfCase({ approvalId, reason: reason.trim() });
    if (answer.ok) onOpened(answer.value.callees);
    else setProblem(answer.problem);
  };
  return (
    <div className="stack stack--tight">
      <Notice tone="warn">{t(callbackMessages.protectedCallee)}</Notice>
      <ProblemNotice problem={problem} />
      <div className="row row--end">
        <Button ref={button} kind="primary" hint="Enter" busy={!ready} onClick={() => void show()}>
          {t(callbackMessages.showCallee)}
        </Button>
      </div>
    </div>
  );
}

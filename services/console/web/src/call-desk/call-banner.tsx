import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { minutesAndSeconds } from '../format/dates.ts';
import { shortId, spokenNumber } from '../format/numbers.ts';
import { useSeconds } from '../format/use-seconds.ts';
import type { CaseOnDesk } from '../gateway/contract-types.ts';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { auditMessages } from '../messages/task-messages.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { callMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';
import { spokenLanguageNames } from '../messages/names.ts';

type CallBannerProps = {
  current: CaseOnDesk | undefined;
  onRecord: boolean | undefined;
  onOpenByHand: () => void;
  onRefer: () => void;
  onFinish: () => void;
};

/** State of the line: always the same size, whether a call is there or not. */
export function CallBanner(props: CallBannerProps): ReactNode {
  const { current, onRecord, onOpenByHand, onRefer, onFinish } = props;
  const { t } = useLanguage();
  const live = current !== undefined && current.state !== 'closed';
  return (
    <section
      className={`banner banner--${situation(current).tone}`}
      aria-label={t(callMessages.currentCall)}
    >
      <p className="banner__state" role="status">
        <span className="banner__dot" aria-hidden="true" />
        {t(situation(current).name)}
      </p>
      {live ? (
        <CallFacts current={current} onRecord={onRecord} />
      ) : (
        <p className="banner__idle">{t(callMessages.waitingNote)}</p>
      )}
      <div className="banner__actions">
        {live ? (
          <>
            {current.state === 'referred' || current.state === 'ringing' ? null : (
              <Button hint={SHORTCUTS.refer.label} aria-keyshortcuts="Alt+0" onClick={onRefer}>
                {t(callMessages.refer)}
              </Button>
            )}
            <Button hint={SHORTCUTS.finish.label} aria-keyshortcuts="Alt+5" onClick={onFinish}>
              {t(callMessages.finish)}
            </Button>
          </>
        ) : (
          <Button onClick={onOpenByHand}>{t(callMessages.openByHand)}</Button>
        )}
      </div>
    </section>
  );
}

type Situation = { name: Message; tone: 'idle' | 'ringing' | 'talking' | 'after' };

function situation(current: CaseOnDesk | undefined): Situation {
  if (current === undefined || current.state === 'closed') {
    return { name: callMessages.waiting, tone: 'idle' };
  }
  if (current.state === 'referred') return { name: callMessages.referred, tone: 'after' };
  if (current.workItemId !== undefined) return { name: callbackMessages.outbound, tone: 'talking' };
  if (current.telephoneState === 'ringing') return { name: callMessages.ringing, tone: 'ringing' };
  if (current.telephoneState === 'ended' || current.state === 'wrap-up') {
    return { name: callMessages.wrapUp, tone: 'after' };
  }
  if (current.openedByHand) return { name: callMessages.handCase, tone: 'talking' };
  return { name: callMessages.talking, tone: 'talking' };
}

type CallFactsProps = { current: CaseOnDesk; onRecord: boolean | undefined };

function CallFacts({ current, onRecord }: CallFactsProps): ReactNode {
  const { t } = useLanguage();
  const now = useSeconds(true);
  return (
    <dl className="banner__facts">
      {current.workItemId === undefined ? (
        <IncomingFacts current={current} onRecord={onRecord} />
      ) : null}
      <Fact name={t(callMessages.elapsed)}>
        {minutesAndSeconds((now - Date.parse(current.openedAt)) / 1000)}
      </Fact>
      <Fact name={t(auditMessages.case)}>{shortId(current.caseId)}</Fact>
    </dl>
  );
}

function IncomingFacts({ current, onRecord }: CallFactsProps): ReactNode {
  const { language, t } = useLanguage();
  const spoken = current.language?.slice(0, 2);
  const spokenName = spoken === undefined ? undefined : spokenLanguageNames[spoken]?.[language];
  return (
    <>
      <Fact name={t(callMessages.number)} large>
        {current.callerNumber === undefined
          ? t(callMessages.numberWithheld)
          : spokenNumber(current.callerNumber)}
      </Fact>
      <Fact name={t(callMessages.onRecord)}>
        <OnRecord onRecord={onRecord} />
      </Fact>
      <Fact name={t(callMessages.queue)}>{current.queue ?? t(callMessages.onRecordUnknown)}</Fact>
      <Fact name={t(callMessages.language)}>
        {spokenName ?? current.language ?? t(callMessages.onRecordUnknown)}
      </Fact>
    </>
  );
}

function OnRecord({ onRecord }: { onRecord: boolean | undefined }): ReactNode {
  const { t } = useLanguage();
  if (onRecord === undefined) return t(callMessages.onRecordUnknown);
  return onRecord ? (
    <Badge tone="good">{t(callMessages.onRecordYes)}</Badge>
  ) : (
    <Badge>{t(callMessages.onRecordNo)}</Badge>
  );
}

function Fact(props: { name: string; large?: boolean; children: ReactNode }): ReactNode {
  return (
    <div className={props.large === true ? 'banner__fact banner__fact--large' : 'banner__fact'}>
      <dt>{props.name}</dt>
      <dd className="figures">{props.children}</dd>
    </div>
  );
}

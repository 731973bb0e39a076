import { useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { longDay } from '../format/dates.ts';
import type { Problem } from '../gateway/answer.ts';
import type { ResidencyAnswer } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useLanguage } from '../messages/language.tsx';
import { registerMessages } from '../messages/register-messages.ts';

/** Was this person a resident on that day, as known then and as known now? */
export function ResidencyQuestion({ residentId }: { residentId: string }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [on, setOn] = useState('');
  const [knownOn, setKnownOn] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<ResidencyAnswer | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const ask = async (): Promise<void> => {
    setTried(true);
    if (on === '' || busy) return;
    setBusy(true);
    const given = await gateway.residencyOn({
      residentId,
      on,
      ...(knownOn === '' ? {} : { knownOn }),
    });
    setBusy(false);
    setAnswer(given.ok ? given.value : undefined);
    setProblem(given.ok ? undefined : given.problem);
  };
  const fault = tried && on === '';
  return (
    <section className="stack stack--tight" aria-labelledby="residency-title">
      <h3 id="residency-title">{t(registerMessages.residencyTitle)}</h3>
      <p className="soft">{t(registerMessages.residencyLead)}</p>
      <form
        className="register__days"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <TextField
          data-first-focus
          label={t(registerMessages.on)}
          type="date"
          value={on}
          onText={setOn}
          note={fault ? t(registerMessages.needDay) : ''}
          tone={fault ? 'bad' : 'plain'}
        />
        <TextField
          label={t(registerMessages.knownOn)}
          type="date"
          value={knownOn}
          onText={setKnownOn}
          note=""
        />
        <Button type="submit" kind="primary" hint="Enter" busy={busy}>
          {t(registerMessages.ask)}
        </Button>
      </form>
      <ProblemNotice problem={problem} />
      {answer === undefined ? null : <ResidencyFacts answer={answer} />}
    </section>
  );
}

function ResidencyFacts({ answer }: { answer: ResidencyAnswer }): ReactNode {
  const { language, t } = useLanguage();
  const { on, knownOn, residentAsKnownThen: then, residentAsKnownNow: now } = answer;
  const mark = (was: boolean): ReactNode => (
    <Badge tone={was ? 'good' : 'warn'}>
      {t(was ? registerMessages.wasResident : registerMessages.wasNot)}
    </Badge>
  );
  return (
    <div className="stack stack--tight" role="status">
      <strong>{t(registerMessages.answerTitle, { date: longDay(on, language) })}</strong>
      <dl className="facts">
        <dt>{t(registerMessages.knownThen, { date: longDay(knownOn, language) })}</dt>
        <dd>{mark(then)}</dd>
        <dt>{t(registerMessages.knownNow)}</dt>
        <dd>{mark(now)}</dd>
      </dl>
      {then === now ? null : <Notice tone="warn">{t(registerMessages.changedSince)}</Notice>}
    </div>
  );
}

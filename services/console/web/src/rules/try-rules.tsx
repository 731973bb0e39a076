import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { submitOnEnter } from '../design/submit-on-enter.ts';
import { longDay } from '../format/dates.ts';
import type { Problem } from '../gateway/answer.ts';
import type { Offer, RuleVerdict } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';
import { BirthDateField } from '../verification/birth-date-field.tsx';
import { EarlierDoses } from './earlier-doses.tsx';
import { EMPTY_TRIAL, trialOf } from './rule-draft.ts';
import type { RuleDraft } from './rule-draft.ts';
import { RuleFacts } from './rule-facts.tsx';

type Answered = { to: RuleDraft; verdict?: RuleVerdict; problem?: Problem };

/** The rules asked about nobody: every reason for a birth date, earlier doses and a day. */
export function TryRules(): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const offer = useQuery(() => gateway.listVenues({}));
  const [draft, setDraft] = useState(EMPTY_TRIAL);
  const [now] = useState(() => new Date());
  const [answered, setAnswered] = useState<Answered | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const question = trialOf(draft, now);
  const ask = async (): Promise<void> => {
    setTried(true);
    if (question === undefined || busy) return;
    setBusy(true);
    const answer = await gateway.tryRules(question);
    setBusy(false);
    setAnswered({
      to: draft,
      ...(answer.ok ? { verdict: answer.value } : { problem: answer.problem }),
    });
  };
  // What was answered to something else than what stands there now is not shown beside it.
  const { verdict, problem } = answered?.to === draft ? answered : {};
  return (
    <div className="rules__try">
      <Panel title={t(ruleMessages.tryTitle)}>
        <form
          className="stack"
          noValidate
          onKeyDown={submitOnEnter}
          onSubmit={(event) => {
            event.preventDefault();
            void ask();
          }}
        >
          <p className="soft">{t(ruleMessages.tryLead)}</p>
          <TrialFields
            {...{ draft }}
            offer={offer.value}
            onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
          />
          {tried && question === undefined ? (
            <Notice tone="warn">{t(ruleMessages.needAll)}</Notice>
          ) : null}
          <ProblemNotice problem={problem ?? offer.problem} />
          <div className="row row--end">
            <Button type="submit" kind="primary" hint="Enter" busy={busy}>
              {t(ruleMessages.test)}
            </Button>
          </div>
        </form>
      </Panel>
      <Panel title={t(ruleMessages.result)} scrolls>
        {verdict === undefined ? (
          <p className="empty">{t(ruleMessages.before)}</p>
        ) : (
          <Verdict verdict={verdict} />
        )}
      </Panel>
    </div>
  );
}

type TrialFieldsProps = {
  draft: RuleDraft;
  offer: Offer | undefined;
  onChange: (part: Partial<RuleDraft>) => void;
};

function TrialFields({ draft, offer, onChange }: TrialFieldsProps): ReactNode {
  const { language, t } = useLanguage();
  const products = (offer?.products ?? []).map(({ productCode, name }) => ({
    value: productCode,
    label: name[language],
  }));
  return (
    <>
      <BirthDateField
        value={draft.birthDate}
        mark={undefined}
        onText={(birthDate) => onChange({ birthDate })}
      />
      <div className="rules__fields">
        <SelectField
          label={t(ruleMessages.product)}
          value={draft.productCode}
          onText={(productCode) => onChange({ productCode })}
          options={[{ value: '', label: '―' }, ...products]}
        />
        <TextField
          label={t(ruleMessages.date)}
          type="date"
          value={draft.date}
          onText={(date) => onChange({ date })}
          bare
        />
        <TextField
          label={t(ruleMessages.dose)}
          value={draft.doseNumber}
          onText={(doseNumber) => onChange({ doseNumber })}
          inputMode="numeric"
          maxLength={2}
          bare
        />
      </div>
      <div className="rules__fields">
        <TextField
          label={t(ruleMessages.lists)}
          value={draft.groups}
          onText={(groups) => onChange({ groups })}
          maxLength={400}
          bare
        />
        <TextField
          label={t(ruleMessages.askedOn)}
          type="date"
          value={draft.askedOn}
          onText={(askedOn) => onChange({ askedOn })}
          bare
        />
      </div>
      <EarlierDoses
        doses={draft.doses}
        {...{ products }}
        onDoses={(doses) => onChange({ doses })}
      />
    </>
  );
}

function Verdict({ verdict }: { verdict: RuleVerdict }): ReactNode {
  const { language, t } = useLanguage();
  const { eligible, doseNumber: dose, reasons, rule, version } = verdict;
  return (
    <div className="stack">
      <Notice tone={eligible ? 'good' : 'warn'} say>
        {t(eligible ? ruleMessages.eligible : ruleMessages.notEligible, { dose })}
      </Notice>
      <ul className="rows">
        {reasons.map(({ code, sentence, earliest }) => (
          <li key={code + sentence.ja}>
            <span className="rows__main">{sentence[language]}</span>
            <span className="rows__rest">
              {code}
              {earliest === undefined
                ? ''
                : `・${t(ruleMessages.earliest, { date: longDay(earliest, language) })}`}
            </span>
          </li>
        ))}
      </ul>
      <h3>{t(ruleMessages.used)}</h3>
      {rule === undefined ? (
        <p className="empty">{t(ruleMessages.noRule)}</p>
      ) : (
        <RuleFacts rule={rule} />
      )}
      <p className="soft">{t(ruleMessages.version, { version })}</p>
    </div>
  );
}

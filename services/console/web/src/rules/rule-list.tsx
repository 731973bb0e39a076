import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { ListedRule } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';
import { EndRuleDialog } from './end-rule-dialog.tsx';
import { agesText, dosesText, intervalText, validText } from './rule-words.ts';

/** Rules of all programmes; one that must no longer hold is ended, never deleted. */
export function RuleList({ mayEnd }: { mayEnd: boolean }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const list = useQuery(() => gateway.listRules({}));
  const [ending, setEnding] = useState<ListedRule | undefined>(undefined);
  const [version, setVersion] = useState<number | undefined>(undefined);
  const rules = list.value?.doseRules;
  return (
    <>
      {version === undefined ? null : (
        <Notice tone="good">{t(ruleMessages.ended, { version })}</Notice>
      )}
      <ProblemNotice problem={list.problem} />
      <Panel
        title={t(ruleMessages.rules)}
        scrolls
        aside={
          list.value === undefined
            ? undefined
            : t(ruleMessages.version, { version: list.value.version })
        }
      >
        {rules === undefined && list.problem === undefined ? (
          <p className="empty">{t(general.loading)}</p>
        ) : null}
        {rules?.length === 0 ? <p className="empty">{t(ruleMessages.nothing)}</p> : null}
        {rules === undefined || rules.length === 0 ? null : (
          <RuleTable {...{ rules }} onEnd={mayEnd ? setEnding : undefined} />
        )}
      </Panel>
      {ending === undefined ? null : (
        <EndRuleDialog
          rule={ending}
          onClose={() => setEnding(undefined)}
          onEnded={(next) => {
            setEnding(undefined);
            setVersion(next);
            list.reload();
          }}
        />
      )}
    </>
  );
}

type RuleTableProps = {
  rules: readonly ListedRule[];
  onEnd: ((rule: ListedRule) => void) | undefined;
};

function RuleTable({ rules, onEnd }: RuleTableProps): ReactNode {
  const { language, t } = useLanguage();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t(ruleMessages.rule)}</th>
          <th scope="col">{t(ruleMessages.doses)}</th>
          <th scope="col">{t(ruleMessages.product)}</th>
          <th scope="col">{t(ruleMessages.ages)}</th>
          <th scope="col">{t(ruleMessages.interval)}</th>
          <th scope="col">{t(ruleMessages.valid)}</th>
          <th scope="col">{t(ruleMessages.confidence)}</th>
          {onEnd === undefined ? null : <th scope="col">{t(ruleMessages.endRule)}</th>}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.ruleCode}>
            <td>{rule.ruleCode}</td>
            <td className="nowrap">{dosesText(rule)}</td>
            <td>{rule.productCodes.join('、')}</td>
            <td>{agesText(rule, language)}</td>
            <td className="nowrap">{intervalText(rule, language)}</td>
            <td>{validText(rule, language)}</td>
            <td>{rule.confidence ?? ''}</td>
            {onEnd === undefined ? null : (
              <td>
                <Button
                  kind="quiet"
                  aria-label={`${t(ruleMessages.endRule)} ${rule.ruleCode}`}
                  onClick={() => onEnd(rule)}
                >
                  {t(ruleMessages.endRule)}
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

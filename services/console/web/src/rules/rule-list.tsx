import { useState } from 'react';
import type { ReactNode } from 'react';
import { RowActions, useEntries } from '../catalogue-entry/use-entries.tsx';
import { Button } from '../design/button.tsx';
import { NoRows } from '../design/no-rows.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { ListedRule } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';
import { EndRuleDialog } from './end-rule-dialog.tsx';
import { agesText, dosesText, intervalText, validText } from './rule-words.ts';

/** Rules of all programmes; one that must no longer hold is ended, never deleted. */
export function RuleList({ mayEnd }: { mayEnd: boolean }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const list = useQuery(() => gateway.listRules({}));
  const entries = useEntries({ version: list.value?.version ?? 0, reload: list.reload });
  const [ending, setEnding] = useState<ListedRule | undefined>(undefined);
  const [version, setVersion] = useState<number | undefined>(undefined);
  const rules = list.value?.doseRules;
  return (
    <>
      {version === undefined ? null : (
        <Notice tone="good">{t(ruleMessages.ended, { version })}</Notice>
      )}
      {entries.said === undefined ? null : <Notice tone="good">{entries.said}</Notice>}
      <ProblemNotice problem={list.problem} />
      <Panel
        title={t(ruleMessages.rules)}
        scrolls
        aside={
          <RuleAside
            version={list.value?.version}
            onAdd={mayEnd ? () => entries.enter({ kind: 'dose-rule' }) : undefined}
          />
        }
      >
        <NoRows rows={rules} problem={list.problem} nothing={ruleMessages.nothing} />
        {rules === undefined || rules.length === 0 ? null : (
          <RuleTable {...{ rules, entries }} onEnd={mayEnd ? setEnding : undefined} />
        )}
      </Panel>
      {entries.dialog}
      {ending === undefined ? null : (
        <EndRuleDialog
          rule={ending}
          version={list.value?.version ?? 0}
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

type RuleAsideProps = { version: number | undefined; onAdd: (() => void) | undefined };

function RuleAside({ version, onAdd }: RuleAsideProps): ReactNode {
  const { t } = useLanguage();
  return (
    <span className="row">
      {version === undefined ? null : t(ruleMessages.version, { version })}
      {onAdd === undefined ? null : (
        <Button kind="quiet" onClick={onAdd}>
          {t(catalogueMessages.add)}
        </Button>
      )}
    </span>
  );
}

type RuleTableProps = {
  entries: ReturnType<typeof useEntries>;
  rules: readonly ListedRule[];
  onEnd: ((rule: ListedRule) => void) | undefined;
};

function RuleTable({ rules, entries, onEnd }: RuleTableProps): ReactNode {
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
          <td />
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
            <td className="nowrap">
              <RowActions
                kind="dose-rule"
                code={rule.ruleCode}
                row={rule}
                mayChange={onEnd !== undefined}
                {...{ entries }}
              />
              {onEnd === undefined ? null : (
                <Button
                  kind="quiet"
                  aria-label={`${t(ruleMessages.endRule)} ${rule.ruleCode}`}
                  onClick={() => onEnd(rule)}
                >
                  {t(ruleMessages.endRule)}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

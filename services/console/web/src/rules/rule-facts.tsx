import type { ReactNode } from 'react';
import type { DoseRule } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';
import { agesText, dosesText, intervalText, validText } from './rule-words.ts';

/** One rule with where it comes from. */
export function RuleFacts({ rule }: { rule: DoseRule }): ReactNode {
  const { language, t } = useLanguage();
  const { ruleCode, productCodes, source, confidence } = rule;
  return (
    <dl className="facts">
      <dt>{t(ruleMessages.rule)}</dt>
      <dd>{ruleCode}</dd>
      <dt>{t(ruleMessages.doses)}</dt>
      <dd>{dosesText(rule)}</dd>
      <dt>{t(ruleMessages.product)}</dt>
      <dd>{productCodes.join('、')}</dd>
      <dt>{t(ruleMessages.ages)}</dt>
      <dd>{agesText(rule, language)}</dd>
      <dt>{t(ruleMessages.interval)}</dt>
      <dd>{intervalText(rule, language)}</dd>
      <dt>{t(ruleMessages.valid)}</dt>
      <dd>{validText(rule, language)}</dd>
      {source === null ? null : (
        <>
          <dt>{t(ruleMessages.source)}</dt>
          <dd>{source}</dd>
        </>
      )}
      {confidence === null ? null : (
        <>
          <dt>{t(ruleMessages.confidence)}</dt>
          <dd>{confidence}</dd>
        </>
      )}
    </dl>
  );
}

import type { DoseRule } from '../gateway/contract-types.ts';
import type { Language } from '../messages/message.ts';
import { render } from '../messages/message.ts';
import { ruleMessages } from '../messages/rule-messages.ts';

/** Months of age as people say them: whole years where they are. */
function ageText(months: number, language: Language): string {
  return months % 12 === 0
    ? render(ruleMessages.years, language, { count: months / 12 })
    : render(ruleMessages.ageMonths, language, { count: months });
}

type Ages = Pick<DoseRule, 'ageFromMonths' | 'ageBelowMonths' | 'bornFrom' | 'bornTo'>;

export function agesText(rule: Ages, language: Language): string {
  const { ageFromMonths, ageBelowMonths, bornFrom, bornTo } = rule;
  const parts = [
    ageFromMonths === null
      ? undefined
      : render(ruleMessages.ageFrom, language, { age: ageText(ageFromMonths, language) }),
    ageBelowMonths === null
      ? undefined
      : render(ruleMessages.ageBelow, language, { age: ageText(ageBelowMonths, language) }),
    bornFrom === null && bornTo === null ? undefined : `${bornFrom ?? ''}–${bornTo ?? ''}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? ruleMessages.anyAge[language] : parts.join('・');
}

type Interval = Pick<DoseRule, 'minimumDaysBetween' | 'minimumMonths'>;

export function intervalText(rule: Interval, language: Language): string {
  const { minimumDaysBetween, minimumMonths } = rule;
  const parts = [
    minimumDaysBetween === null
      ? undefined
      : render(ruleMessages.daysBetween, language, { count: minimumDaysBetween }),
    minimumMonths === null
      ? undefined
      : render(ruleMessages.months, language, { count: minimumMonths }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? ruleMessages.noInterval[language] : parts.join('・');
}

export function dosesText({ doseFrom, doseTo }: Pick<DoseRule, 'doseFrom' | 'doseTo'>): string {
  return doseFrom === doseTo ? String(doseFrom) : `${doseFrom}–${doseTo}`;
}

export function validText(
  { validFrom, validTo }: Pick<DoseRule, 'validFrom' | 'validTo'>,
  language: Language,
): string {
  return `${validFrom} – ${validTo ?? ruleMessages.open[language]}`;
}

import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import { closingReasonNames } from '../messages/desk-names.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';

export type ClosingReason = keyof typeof closingReasonNames;
const REASONS = Object.keys(closingReasonNames) as ClosingReason[];

type ReasonFieldProps = {
  value: ClosingReason;
  onChoose: (reason: ClosingReason) => void;
  focusFirst?: boolean;
};

/** Why seats go away; said to whoever is called because of it. */
export function ReasonField({ value, onChoose, focusFirst = false }: ReasonFieldProps): ReactNode {
  const { t } = useLanguage();
  return (
    <Choices
      label={t(sessionMessages.reason)}
      {...{ value, focusFirst }}
      options={REASONS.map((code) => ({ value: code, label: t(closingReasonNames[code]) }))}
      onChoose={onChoose}
      digits
    />
  );
}

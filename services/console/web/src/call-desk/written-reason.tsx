import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { callMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { missingCharacters } from './reason-length.ts';

type WrittenReasonProps = {
  /** What is asked for, where it is more than a reason. */
  label?: string;
  value: string;
  onText: (reason: string) => void;
  readOnly?: boolean;
  'data-first-focus'?: boolean;
};

/** Why something is done, in somebody's own words; says how much is missing while it is too short. */
export function WrittenReason({ label, value, ...field }: WrittenReasonProps): ReactNode {
  const { t } = useLanguage();
  const missing = missingCharacters(value);
  return (
    <TextField
      label={label ?? t(callMessages.reason)}
      maxLength={500}
      note={missing > 0 ? t(callMessages.reasonShort, { count: missing }) : ''}
      {...{ value }}
      {...field}
    />
  );
}

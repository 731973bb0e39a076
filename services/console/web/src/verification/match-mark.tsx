import type { ReactNode } from 'react';
import type { Verification } from '../gateway/contract-types.ts';
import { verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';
import { assertNever } from '@madoguchi/kernel/assert-never';

type Outcome = NonNullable<Verification['items'][keyof Verification['items']]>;

/** Match or no match of one item, in words and shape as well as colour. */
export function MatchMark({ outcome }: { outcome: Outcome | undefined }): ReactNode {
  const { t } = useLanguage();
  if (outcome === undefined || outcome === 'not-given') return null;
  const { tone, sign, text } = look(outcome);
  return (
    <span className={`match match--${tone}`}>
      <span aria-hidden="true">{sign}</span>
      {t(text)}
    </span>
  );
}

function look(outcome: Exclude<Outcome, 'not-given'>): {
  tone: string;
  sign: string;
  text: Message;
} {
  switch (outcome) {
    case 'match':
      return { tone: 'good', sign: '✓', text: verificationMessages.match };
    case 'no-match':
      return { tone: 'bad', sign: '✕', text: verificationMessages.noMatch };
    case 'unreadable':
      return { tone: 'warn', sign: '?', text: verificationMessages.unreadable };
    default:
      return assertNever(outcome);
  }
}

import type { Purpose } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import { KeyHint } from '../design/key-hint.tsx';
import { Notice } from '../design/notice.tsx';
import { callMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { purposeNames } from '../messages/names.ts';

const STEPS = [
  { text: callMessages.step1, key: 'Alt+1' },
  { text: callMessages.step2, key: 'Alt+2' },
  { text: callMessages.step3, key: 'Enter' },
  { text: callMessages.step4, key: 'Alt+5' },
] as const;

/** What the work area shows until there is somebody to work for. */
export function FlowGuide(): ReactNode {
  const { t } = useLanguage();
  return (
    <div className="guide">
      <h3 className="guide__title">{t(callMessages.steps)}</h3>
      <ol className="guide__steps">
        {STEPS.map(({ text, key }) => (
          <li key={text.ja}>
            <span>{t(text)}</span>
            <KeyHint>{key}</KeyHint>
          </li>
        ))}
      </ol>
      <p className="empty">{t(callMessages.needVerified)}</p>
    </div>
  );
}

/** The caller is verified, but for another purpose. */
export function PurposeGuide({ purpose }: { purpose: Purpose | undefined }): ReactNode {
  const { t } = useLanguage();
  if (purpose === undefined) return null;
  return (
    <Notice tone="key">
      {t(callMessages.needPurpose, { purpose: t(purposeNames[purpose]) })} <KeyHint>Alt+1</KeyHint>
    </Notice>
  );
}

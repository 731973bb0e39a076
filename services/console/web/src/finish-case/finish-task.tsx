import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { TextArea } from '../design/field.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { AfterCallCode } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { callMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { afterCallCodeNames } from '../messages/names.ts';

const CODES = Object.keys(afterCallCodeNames) as AfterCallCode[];

/** The after-call code ends the case; the emptied context document then clears the desk. */
export function FinishTask({ caseId }: { caseId: string }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const close = useCommand(gateway.closeCase);
  const [code, setCode] = useState<AfterCallCode | undefined>(undefined);
  const [note, setNote] = useState('');
  const submit = async (): Promise<void> => {
    if (code === undefined) return;
    const text = note.trim();
    await close.run({ caseId, afterCallCode: code, ...(text === '' ? {} : { note: text }) });
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p>{t(callMessages.afterCallLead)}</p>
      <Choices
        label={t(callMessages.afterCall)}
        value={code}
        options={CODES.map((value) => ({ value, label: t(afterCallCodeNames[value]) }))}
        onChoose={setCode}
        digits
        column
      />
      <TextArea
        label={t(callMessages.note)}
        value={note}
        onText={setNote}
        maxLength={500}
        rows={2}
        bare
      />
      <ProblemNotice problem={close.problem} />
      <div className="row row--end">
        <Button type="submit" kind="primary" hint="Enter" busy={close.busy || code === undefined}>
          {t(callMessages.closeCase)}
        </Button>
      </div>
    </form>
  );
}

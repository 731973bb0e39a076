import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextArea } from '../design/field.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { callMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { missingCharacters } from './reason-length.ts';

export function OpenCaseDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useLanguage();
  const { openCase } = useGateway();
  const command = useCommand(openCase);
  const [reason, setReason] = useState('');
  const missing = missingCharacters(reason);
  const submit = async (): Promise<void> => {
    if (missing > 0) return;
    const answer = await command.run({ reason: reason.trim() });
    if (answer?.ok === true) onClose();
  };
  return (
    <Dialog title={t(callMessages.openByHand)} onClose={onClose}>
      <p>{t(callMessages.openByHandLead)}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextArea
          label={t(callMessages.reason)}
          value={reason}
          onText={setReason}
          maxLength={500}
          note={missing > 0 ? t(callMessages.reasonShort, { count: missing }) : ''}
        />
        <ProblemNotice problem={command.problem} />
        <div className="dialog__actions">
          <Button hint="Esc" onClick={onClose}>
            {t(general.cancel)}
          </Button>
          <Button type="submit" kind="primary" busy={command.busy || missing > 0}>
            {t(callMessages.openCase)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

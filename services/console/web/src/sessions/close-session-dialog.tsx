import { useState } from 'react';
import type { ReactNode } from 'react';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { ReasonField } from './reason-field.tsx';
import type { ClosingReason } from './reason-field.tsx';

type CloseSessionDialogProps = {
  sessionId: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

export function CloseSessionDialog(props: CloseSessionDialogProps): ReactNode {
  const { sessionId, onClose, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const close = useCommand(gateway.closeSession);
  const [reason, setReason] = useState<ClosingReason>('venue-unavailable');
  const submit = async (): Promise<void> => {
    const answer = await close.run({ sessionId, reason });
    if (answer?.ok !== true) return;
    const { toBeCalled, holdsEnded } = answer.value;
    onDone(t(sessionMessages.closed, { count: toBeCalled, holds: holdsEnded }));
  };
  return (
    <FormDialog
      title={t(sessionMessages.close)}
      lead={t(sessionMessages.closeLead)}
      action={t(sessionMessages.close)}
      kind="danger"
      busy={close.busy}
      problem={close.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <ReasonField value={reason} onChoose={setReason} focusFirst />
    </FormDialog>
  );
}

import type { ReactNode } from 'react';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';

type ReopenSessionDialogProps = {
  sessionId: string;
  /** Day, venue and hours, in words. */
  about: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

export function ReopenSessionDialog(props: ReopenSessionDialogProps): ReactNode {
  const { sessionId, onClose, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const reopen = useCommand(gateway.reopenSession);
  const submit = async (): Promise<void> => {
    const answer = await reopen.run({ sessionId });
    if (answer?.ok === true)
      onDone(t(sessionMessages.reopened, { count: answer.value.leftTheWorklist }));
  };
  return (
    <FormDialog
      title={t(sessionMessages.reopen)}
      about={props.about}
      lead={t(sessionMessages.reopenLead)}
      action={t(sessionMessages.reopen)}
      busy={reopen.busy}
      problem={reopen.problem}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

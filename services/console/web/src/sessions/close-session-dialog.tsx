import { useState } from 'react';
import type { ReactNode } from 'react';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { closedSentence } from './closed-sentence.ts';
import { ReasonField } from './reason-field.tsx';
import type { ClosingReason } from './reason-field.tsx';
import { SecondPersonDialog } from './second-person-dialog.tsx';
import { useProposal } from './use-proposal.ts';
import type { Word } from './use-proposal.ts';

type CloseSessionDialogProps = {
  sessionId: string;
  /** Day, venue and hours, in words. */
  about: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

export function CloseSessionDialog(props: CloseSessionDialogProps): ReactNode {
  const { sessionId, onClose, onDone } = props;
  const language = useLanguage();
  const { t } = language;
  const gateway = useGateway();
  const close = useCommand(gateway.closeSession);
  const [reason, setReason] = useState<ClosingReason>('venue-unavailable');
  const { proposal, problem, after } = useProposal();
  const send = async (word: Partial<Word> = {}) => {
    const answer = await close.run({ sessionId, reason, ...word });
    if (answer?.ok === true) onDone(closedSentence(answer.value, language));
    await after(answer, { kind: 'close-session', sessionId, reason });
    return answer;
  };
  if (proposal !== undefined)
    return (
      <SecondPersonDialog
        key={proposal.selection}
        title={t(sessionMessages.close)}
        action={t(sessionMessages.close)}
        {...{ proposal, send, onClose }}
        mayBeEmergency
        busy={close.busy}
        problem={problem ?? close.problem}
      />
    );
  return (
    <FormDialog
      title={t(sessionMessages.close)}
      about={props.about}
      lead={t(sessionMessages.closeLead)}
      action={t(sessionMessages.close)}
      kind="danger"
      busy={close.busy}
      problem={problem ?? close.problem}
      onSubmit={async () => void (await send())}
      onClose={onClose}
    >
      <ReasonField value={reason} onChoose={setReason} focusFirst />
    </FormDialog>
  );
}

import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import type { Offer } from '../gateway/contract-types.ts';
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
import { VenueField } from './venue-field.tsx';

type CloseDaysDialogProps = {
  offer: Offer | undefined;
  venueCode: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

export function CloseDaysDialog(props: CloseDaysDialogProps): ReactNode {
  const { offer, onClose, onDone } = props;
  const language = useLanguage();
  const { t } = language;
  const gateway = useGateway();
  const close = useCommand(gateway.closeVenueDays);
  const [venueCode, setVenueCode] = useState(props.venueCode);
  const [days, setDays] = useState({ from: '', to: '' });
  const [reason, setReason] = useState<ClosingReason>('venue-unavailable');
  const { proposal, problem, after } = useProposal();
  const send = async (word: Partial<Word> = {}) => {
    const closing = { venueCode, ...days, reason };
    const answer = await close.run({ ...closing, ...word });
    if (answer?.ok === true) onDone(closedSentence(answer.value, language));
    await after(answer, { kind: 'close-venue-days', ...closing });
    return answer;
  };
  if (proposal !== undefined)
    return (
      <SecondPersonDialog
        key={proposal.selection}
        title={t(sessionMessages.closeDays)}
        action={t(sessionMessages.close)}
        {...{ proposal, send, onClose }}
        mayBeEmergency
        busy={close.busy}
        problem={problem ?? close.problem}
      />
    );
  return (
    <FormDialog
      title={t(sessionMessages.closeDays)}
      lead={t(sessionMessages.closeDaysLead)}
      action={t(sessionMessages.close)}
      kind="danger"
      busy={close.busy}
      ready={venueCode !== '' && days.from !== '' && days.to !== ''}
      problem={problem ?? close.problem}
      onSubmit={async () => void (await send())}
      onClose={onClose}
    >
      <VenueField {...{ offer }} value={venueCode} onText={setVenueCode} />
      <div className="session-form session-form--two">
        {(['from', 'to'] as const).map((name) => (
          <TextField
            key={name}
            label={t(sessionMessages[name])}
            type="date"
            value={days[name]}
            onText={(day) => setDays((before) => ({ ...before, [name]: day }))}
            bare
          />
        ))}
      </div>
      <ReasonField value={reason} onChoose={setReason} />
    </FormDialog>
  );
}

import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import type { Offer } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { ReasonField } from './reason-field.tsx';
import type { ClosingReason } from './reason-field.tsx';
import { VenueField } from './venue-field.tsx';

type CloseDaysDialogProps = {
  offer: Offer | undefined;
  venueCode: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

export function CloseDaysDialog(props: CloseDaysDialogProps): ReactNode {
  const { offer, onClose, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const close = useCommand(gateway.closeVenueDays);
  const [venueCode, setVenueCode] = useState(props.venueCode);
  const [days, setDays] = useState({ from: '', to: '' });
  const [reason, setReason] = useState<ClosingReason>('venue-unavailable');
  const submit = async (): Promise<void> => {
    const answer = await close.run({ venueCode, ...days, reason });
    if (answer?.ok !== true) return;
    const { toBeCalled, holdsEnded } = answer.value;
    onDone(t(sessionMessages.closed, { count: toBeCalled, holds: holdsEnded }));
  };
  return (
    <FormDialog
      title={t(sessionMessages.closeDays)}
      lead={t(sessionMessages.closeDaysLead)}
      action={t(sessionMessages.close)}
      kind="danger"
      busy={close.busy || venueCode === '' || days.from === '' || days.to === ''}
      problem={close.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <VenueField {...{ offer }} value={venueCode} onText={setVenueCode} />
      <div className="session-form">
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

import { useState } from 'react';
import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import { TextField } from '../design/field.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { ReasonField } from './reason-field.tsx';
import type { ClosingReason } from './reason-field.tsx';
import { SecondPersonDialog } from './second-person-dialog.tsx';
import { useProposal } from './use-proposal.ts';
import type { Word } from './use-proposal.ts';

type ChangeCapacityDialogProps = {
  sessionId: string;
  /** Seats a slot as they are. */
  present: number;
  /** Day, venue and hours, in words. */
  about: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

const CHOICES = ['refuse', 'worklist'] as const;

export function ChangeCapacityDialog(props: ChangeCapacityDialogProps): ReactNode {
  const { sessionId, onClose, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const change = useCommand(gateway.changeCapacity);
  const [capacity, setCapacity] = useState('');
  const [times, setTimes] = useState({ timeFrom: '', timeTo: '' });
  const [choice, setChoice] = useState<(typeof CHOICES)[number]>('refuse');
  const [reason, setReason] = useState<ClosingReason>('staff-shortage');
  const isFigure = /^\d{1,4}$/u.test(capacity);
  const { proposal, problem, after } = useProposal();
  const send = async (word: Partial<Word> = {}) => {
    const cut = {
      sessionId,
      capacity: Number(capacity),
      reason,
      ...(times.timeFrom === '' ? {} : { timeFrom: times.timeFrom }),
      ...(times.timeTo === '' ? {} : { timeTo: times.timeTo }),
    };
    const approved = 'approvalId' in word ? { approvalId: word.approvalId } : {};
    const answer = await change.run({ ...cut, choice, ...approved });
    if (answer?.ok === true) {
      const { slots, toBeCalled } = answer.value;
      onDone(t(sessionMessages.capacityChanged, { slots, count: toBeCalled }));
    }
    await after(answer, { kind: 'change-capacity', ...cut });
    return answer;
  };
  if (proposal !== undefined)
    return (
      <SecondPersonDialog
        key={proposal.selection}
        title={t(sessionMessages.changeCapacity)}
        action={t(sessionMessages.save)}
        {...{ proposal, send, onClose }}
        mayBeEmergency={false}
        busy={change.busy}
        problem={problem ?? change.problem}
      />
    );
  return (
    <FormDialog
      title={t(sessionMessages.changeCapacity)}
      about={props.about}
      lead={t(sessionMessages.capacityLead)}
      action={t(sessionMessages.save)}
      busy={change.busy}
      ready={isFigure}
      problem={problem ?? change.problem}
      onSubmit={async () => void (await send())}
      onClose={onClose}
    >
      <SizeFields {...{ capacity, setCapacity, times, setTimes }} present={props.present} />
      <Choices
        label={t(sessionMessages.choiceOf)}
        value={choice}
        options={CHOICES.map((value) => ({ value, label: t(sessionMessages[value]) }))}
        onChoose={setChoice}
        digits
      />
      <ReasonField value={reason} onChoose={setReason} />
    </FormDialog>
  );
}

type Times = { timeFrom: string; timeTo: string };
type SizeFieldsProps = Pick<ChangeCapacityDialogProps, 'present'> & {
  capacity: string;
  setCapacity: (capacity: string) => void;
  times: Times;
  setTimes: (change: (before: Times) => Times) => void;
};

/** How many seats, and in which slots of the day. */
function SizeFields(props: SizeFieldsProps): ReactNode {
  const { present, capacity, setCapacity, times, setTimes } = props;
  const { t } = useLanguage();
  return (
    <div className="session-form">
      <TextField
        data-first-focus
        label={t(sessionMessages.newCapacity)}
        value={capacity}
        onText={setCapacity}
        inputMode="numeric"
        maxLength={4}
        note={t(sessionMessages.capacityNow, { count: present })}
      />
      {(['timeFrom', 'timeTo'] as const).map((name) => (
        <TextField
          key={name}
          label={t(sessionMessages[name])}
          type="time"
          value={times[name]}
          onText={(time) => setTimes((before) => ({ ...before, [name]: time }))}
          bare
        />
      ))}
    </div>
  );
}

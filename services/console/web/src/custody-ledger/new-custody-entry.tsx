import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { CustodyDirection } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';
import { custodyDirectionNames } from '../messages/names.ts';
import { ledgerMessages } from '../messages/task-messages.ts';

type NewCustodyEntryProps = { onSaved: () => void; onClose: () => void };

const DIRECTIONS = Object.keys(custodyDirectionNames) as CustodyDirection[];
const EMPTY = { what: '', records: '', medium: '', from: '', to: '', purpose: '' };
type TextName = keyof typeof EMPTY;

const FIELDS: readonly { name: TextName; label: Message; maxLength: number }[] = [
  { name: 'what', label: ledgerMessages.what, maxLength: 200 },
  { name: 'records', label: ledgerMessages.records, maxLength: 9 },
  { name: 'medium', label: ledgerMessages.medium, maxLength: 100 },
  { name: 'from', label: ledgerMessages.from, maxLength: 100 },
  { name: 'to', label: ledgerMessages.to, maxLength: 100 },
  { name: 'purpose', label: ledgerMessages.purpose, maxLength: 200 },
];

export function NewCustodyEntry({ onSaved, onClose }: NewCustodyEntryProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const record = useCommand(gateway.recordCustody);
  const [direction, setDirection] = useState<CustodyDirection>('received');
  const [typed, setTyped] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const faultOf = (name: TextName): Message | undefined => {
    if (name === 'records')
      return /^\d+$/.test(typed.records) ? undefined : ledgerMessages.needNumber;
    return name === 'purpose' || typed[name].trim() !== '' ? undefined : ledgerMessages.needText;
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (FIELDS.some(({ name }) => faultOf(name) !== undefined)) return;
    const { purpose, records, ...rest } = typed;
    const answer = await record.run({
      ...rest,
      direction,
      records: Number(records),
      ...(purpose.trim() === '' ? {} : { purpose: purpose.trim() }),
    });
    if (answer?.ok === true) onSaved();
  };
  return (
    <Dialog title={t(ledgerMessages.add)} onClose={onClose}>
      <form
        className="stack stack--tight"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Choices
          label={t(ledgerMessages.direction)}
          value={direction}
          options={DIRECTIONS.map((value) => ({ value, label: t(custodyDirectionNames[value]) }))}
          onChoose={setDirection}
          digits
        />
        <div className="ledger__fields">
          {FIELDS.map(({ name, label, maxLength }) => {
            const fault = tried ? faultOf(name) : undefined;
            return (
              <TextField
                key={name}
                label={t(label)}
                value={typed[name]}
                onText={(text) => setTyped((before) => ({ ...before, [name]: text }))}
                maxLength={maxLength}
                {...(name === 'records' ? { inputMode: 'numeric' as const } : {})}
                {...(fault === undefined ? {} : { note: t(fault), tone: 'bad' as const })}
              />
            );
          })}
        </div>
        <ProblemNotice problem={record.problem} />
        <div className="dialog__actions">
          <Button hint="Esc" onClick={onClose}>
            {t(general.cancel)}
          </Button>
          <Button type="submit" kind="primary" hint="Enter" busy={record.busy}>
            {t(ledgerMessages.save)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

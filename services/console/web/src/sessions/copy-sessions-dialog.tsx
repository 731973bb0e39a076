import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { shortDay } from '../format/dates.ts';
import type { CopiedSessions, Offer } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { skippedDayNames } from '../messages/desk-names.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { VenueField } from './venue-field.tsx';

type CopySessionsDialogProps = {
  offer: Offer | undefined;
  venueCode: string;
  onClose: () => void;
  onDone: (sentence: string) => void;
};

/** Copies a week; days that were left out are named before the dialog is closed. */
export function CopySessionsDialog(props: CopySessionsDialogProps): ReactNode {
  const { offer, onClose, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const copy = useCommand(gateway.copySessions);
  const [venueCode, setVenueCode] = useState(props.venueCode);
  const [from, setFrom] = useState('');
  const [weeks, setWeeks] = useState('1');
  const [copied, setCopied] = useState<CopiedSessions | undefined>(undefined);
  const count = /^\d{1,2}$/u.test(weeks) ? Number(weeks) : 0;
  const finish = (done: CopiedSessions): void =>
    onDone(t(sessionMessages.copied, { count: done.copied }));
  const submit = async (): Promise<void> => {
    if (copied !== undefined) {
      finish(copied);
      return;
    }
    const answer = await copy.run({ venueCode, from, weeks: count, skipDays: [] });
    if (answer?.ok !== true) return;
    if (answer.value.skipped.length === 0) finish(answer.value);
    else setCopied(answer.value);
  };
  return (
    <FormDialog
      title={t(sessionMessages.copy)}
      lead={t(sessionMessages.copyLead)}
      action={t(copied === undefined ? sessionMessages.copy : general.close)}
      busy={copy.busy || venueCode === '' || from === '' || count < 1}
      problem={copy.problem}
      onSubmit={submit}
      onClose={copied === undefined ? onClose : () => finish(copied)}
    >
      {copied === undefined ? (
        <>
          <VenueField {...{ offer }} value={venueCode} onText={setVenueCode} />
          <div className="session-form">
            <TextField
              label={t(sessionMessages.copyFrom)}
              type="date"
              value={from}
              onText={setFrom}
              bare
            />
            <TextField
              label={t(sessionMessages.weeks)}
              value={weeks}
              onText={setWeeks}
              inputMode="numeric"
              maxLength={2}
              bare
            />
          </div>
        </>
      ) : (
        <Skipped copied={copied} />
      )}
    </FormDialog>
  );
}

function Skipped({ copied }: { copied: CopiedSessions }): ReactNode {
  const { language, t } = useLanguage();
  return (
    <>
      <Notice tone="good">{t(sessionMessages.copied, { count: copied.copied })}</Notice>
      <h3 className="field__label">{t(sessionMessages.skipped)}</h3>
      <ul className="rows">
        {copied.skipped.map(({ day, productCode, reason }) => (
          <li key={`${day} ${productCode}`}>
            {shortDay(day, language)} {t(skippedDayNames[reason])}
          </li>
        ))}
      </ul>
    </>
  );
}

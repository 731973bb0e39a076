import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import type { AttendanceOutcome } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { attendanceNames } from '../messages/names.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { FailureNotice } from './failure-notice.tsx';
import { NumberField } from './number-field.tsx';
import { OutcomeChoices } from './outcome-choices.tsx';
import { readNumber } from './read-number.ts';
import type { Failure } from './use-visits.ts';

type MarkByNumberProps = {
  busy: boolean;
  failure: Failure | undefined;
  /** True when it is recorded. */
  onMark: (confirmationNumber: string, outcome: AttendanceOutcome) => Promise<boolean>;
};

/** The visit of whom a venue could not find and telephoned about: by number alone, nothing is shown of them. */
export function MarkByNumber({ busy, failure, onMark }: MarkByNumberProps): ReactNode {
  const { t } = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const [number, setNumber] = useState('');
  const [outcome, setOutcome] = useState<AttendanceOutcome>('attended');
  const [fault, setFault] = useState<'numberMistyped' | 'bookingNumberWrong' | undefined>(
    undefined,
  );
  const [said, setSaid] = useState<string | undefined>(undefined);
  const submit = async (): Promise<void> => {
    setSaid(undefined);
    const read = readNumber(number);
    if (read.kind !== 'booking') {
      setFault(read.kind === 'mistyped' ? 'numberMistyped' : 'bookingNumberWrong');
    } else if (await onMark(read.confirmationNumber, outcome)) {
      const words = { number: read.confirmationNumber, outcome: t(attendanceNames[outcome]) };
      setSaid(t(venueDayMessages.recorded, words));
      setNumber('');
      field.current?.focus();
      return;
    }
    field.current?.select();
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <p className="soft">{t(venueDayMessages.byNumberLead)}</p>
      <NumberField
        {...{ field }}
        label={t(venueDayMessages.bookingNumber)}
        value={number}
        fault={fault && t(venueDayMessages[fault])}
        onText={(text) => {
          setNumber(text);
          setFault(undefined);
        }}
      />
      <OutcomeChoices value={outcome} onChoose={setOutcome} />
      <FailureNotice {...{ failure }} notFound={t(venueDayMessages.noSuchNumber)} />
      {said === undefined ? null : <Notice tone="good">{said}</Notice>}
      <div className="row row--end">
        <Button type="submit" kind="primary" hint="Enter" busy={busy}>
          {t(venueDayMessages.record)}
        </Button>
      </div>
    </form>
  );
}

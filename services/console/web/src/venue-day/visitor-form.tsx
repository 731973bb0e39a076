import { useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { Button } from '../design/button.tsx';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { BirthDateField } from '../verification/birth-date-field.tsx';
import { shownBirthDate } from '../verification/shown-birth-date.ts';
import { NumberField } from './number-field.tsx';
import type { PaperNumber } from './read-number.ts';
import { readNumber } from './read-number.ts';

type VisitorFormProps = {
  busy: boolean;
  numberField: RefObject<HTMLInputElement | null>;
  onLookUp: (
    paper: Extract<PaperNumber, { kind: 'booking' | 'ticket' }>,
    dateOfBirth: string,
  ) => Promise<boolean>;
};

/** Number and birth date, as the visitor's paper and the visitor say them. */
export function VisitorForm({ busy, numberField, onLookUp }: VisitorFormProps): ReactNode {
  const { t } = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const [number, setNumber] = useState('');
  const [birth, setBirth] = useState('');
  const [fault, setFault] = useState<Message | undefined>(undefined);
  const isOfBirth =
    fault === venueDayMessages.birthMissing || fault === venueDayMessages.birthWrong;
  const submit = async (): Promise<void> => {
    const paper = readNumber(number);
    const born = shownBirthDate(birth, new Date());
    if (paper.kind === 'mistyped') setFault(venueDayMessages.numberMistyped);
    else if (paper.kind === 'unreadable') setFault(venueDayMessages.numberWrong);
    else if (born.kind !== 'date') {
      setFault(venueDayMessages[birth.trim() === '' ? 'birthMissing' : 'birthWrong']);
      form.current?.querySelectorAll('input')[1]?.focus();
    } else {
      setFault(undefined);
      // What does not fit stays, so that a slip can be seen and put right.
      if (await onLookUp(paper, born.gregorian)) {
        setNumber('');
        setBirth('');
      } else numberField.current?.select();
      return;
    }
    if (paper.kind === 'mistyped' || paper.kind === 'unreadable') numberField.current?.select();
  };
  return (
    <form
      ref={form}
      className="venue-day__form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <NumberField
        field={numberField}
        label={t(venueDayMessages.number)}
        value={number}
        fault={fault === undefined || isOfBirth ? undefined : t(fault)}
        onText={(text) => {
          setNumber(text);
          setFault(undefined);
        }}
      />
      <BirthDateField
        value={birth}
        mark={null}
        onText={(text) => {
          setBirth(text);
          setFault(undefined);
        }}
        {...(fault !== undefined && isOfBirth ? { fault: t(fault) } : {})}
      />
      <Button type="submit" kind="primary" hint="Enter" busy={busy}>
        {t(venueDayMessages.find)}
      </Button>
    </form>
  );
}

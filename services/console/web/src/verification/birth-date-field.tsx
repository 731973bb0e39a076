import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { birthDateFaults } from '../messages/birth-date-messages.ts';
import { shownBirthDate } from './shown-birth-date.ts';

type BirthDateFieldProps = {
  /** Whose it is, where it is not the caller's. */
  label?: string;
  value: string;
  mark: ReactNode;
  onText: (text: string) => void;
  /** What is wrong with it, where it was sent already. */
  fault?: string;
};
type Note = { note: string; tone: 'plain' | 'good' | 'bad' };

/** Takes era or Gregorian notation as it is typed and shows at once how it is understood. */
export function BirthDateField(props: BirthDateFieldProps): ReactNode {
  const { label, value, mark, onText, fault } = props;
  const { t } = useLanguage();
  const [typing, setTyping] = useState(false);
  const note = useNote(value, typing);
  return (
    <TextField
      label={label ?? t(verificationMessages.dateOfBirth)}
      aside={mark}
      value={value}
      onText={onText}
      onFocus={() => setTyping(true)}
      onBlur={() => setTyping(false)}
      maxLength={40}
      name="spoken-dateOfBirth"
      {...note}
      {...(fault === undefined ? {} : { note: fault, tone: 'bad' as const })}
    />
  );
}

function useNote(value: string, typing: boolean): Note {
  const { language, t } = useLanguage();
  const [now] = useState(() => new Date());
  const reading = shownBirthDate(value, now);
  if (reading.kind !== 'date' && reading.kind !== 'future' && reading.kind !== 'outside-era') {
    // While it is still being typed, an unfinished date is no mistake yet.
    const wrong = value.trim() !== '' && !typing;
    const note = wrong ? birthDateFaults[reading.kind] : verificationMessages.birthHint;
    return { note: t(note), tone: wrong ? 'bad' : 'plain' };
  }
  const { era, gregorian } = reading;
  const date = language === 'ja' ? `${era}(${gregorian})` : gregorian;
  return reading.kind === 'date'
    ? { note: t(verificationMessages.birthParsed, { date, age: reading.age }), tone: 'good' }
    : { note: t(birthDateFaults[reading.kind], { date }), tone: 'bad' };
}

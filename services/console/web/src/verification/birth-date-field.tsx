import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { readBirthDate } from './read-birth-date.ts';

type BirthDateFieldProps = { value: string; mark: ReactNode; onText: (text: string) => void };

/** Takes era or Gregorian notation as it is typed and shows at once how it is understood. */
export function BirthDateField({ value, mark, onText }: BirthDateFieldProps): ReactNode {
  const { t } = useLanguage();
  return (
    <TextField
      label={t(verificationMessages.dateOfBirth)}
      aside={mark}
      value={value}
      onText={onText}
      maxLength={40}
      name="spoken-dateOfBirth"
      {...useNote(value)}
    />
  );
}

function useNote(value: string): { note: string; tone: 'plain' | 'good' | 'bad' } {
  const { t } = useLanguage();
  const [today] = useState(() => new Date());
  if (value.trim() === '') return { note: t(verificationMessages.birthHint), tone: 'plain' };
  const reading = readBirthDate(value, today);
  // While it is still being typed, an unfinished date is no mistake yet.
  if (reading === undefined) return { note: t(verificationMessages.birthHint), tone: 'plain' };
  if (reading.kind === 'impossible') return { note: reading.hint, tone: 'bad' };
  const { gregorian, era, age } = reading;
  return {
    note: t(verificationMessages.birthParsed, { era: `${era}(${gregorian})`, age }),
    tone: 'good',
  };
}

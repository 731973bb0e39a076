import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { readBirthDate } from './read-birth-date.ts';

type BirthDateFieldProps = { value: string; mark: ReactNode; onText: (text: string) => void };
type Note = { note: string; tone: 'plain' | 'good' | 'bad' };

/** Takes era or Gregorian notation as it is typed and shows at once how it is understood. */
export function BirthDateField({ value, mark, onText }: BirthDateFieldProps): ReactNode {
  const { t } = useLanguage();
  const [typing, setTyping] = useState(false);
  return (
    <TextField
      label={t(verificationMessages.dateOfBirth)}
      aside={mark}
      value={value}
      onText={onText}
      onFocus={() => setTyping(true)}
      onBlur={() => setTyping(false)}
      maxLength={40}
      name="spoken-dateOfBirth"
      {...useNote(value, typing)}
    />
  );
}

function useNote(value: string, typing: boolean): Note {
  const { language, t } = useLanguage();
  const [now] = useState(() => new Date());
  const reading = readBirthDate(value, now);
  switch (reading.kind) {
    case 'date': {
      const { era, gregorian, age } = reading;
      const date = language === 'ja' ? `${era}(${gregorian})` : gregorian;
      return { note: t(verificationMessages.birthParsed, { date, age }), tone: 'good' };
    }
    case 'doubtful': {
      const date = language === 'ja' ? `${reading.era}(${reading.gregorian})` : reading.gregorian;
      return { note: t(verificationMessages.birthDoubtful, { date }), tone: 'bad' };
    }
    case 'unreadable': {
      // While it is still being typed, an unfinished date is no mistake yet.
      const wrong = value.trim() !== '' && !typing;
      return {
        note: t(wrong ? verificationMessages.birthUnreadable : verificationMessages.birthHint),
        tone: wrong ? 'bad' : 'plain',
      };
    }
  }
}

import type { ReactNode } from 'react';
import { SelectField, TextField } from '../design/field.tsx';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { RANGES } from './slot-criteria.ts';

type RangeFieldsProps = {
  from: string;
  days: number;
  onChange: (part: { from: string } | { days: number }) => void;
};

/** The first day of a search and how many days it covers. */
export function RangeFields({ from, days, onChange }: RangeFieldsProps): ReactNode {
  const { t } = useLanguage();
  return (
    <>
      <TextField
        label={t(bookingMessages.from)}
        type="date"
        value={from}
        onText={(day) => onChange({ from: day })}
        required
        bare
      />
      <SelectField
        label={t(bookingMessages.days)}
        value={String(days)}
        onText={(count) => onChange({ days: Number(count) })}
        options={RANGES.map((count) => ({
          value: String(count),
          label: t(bookingMessages.daysCount, { count }),
        }))}
      />
    </>
  );
}

import type { ReactNode } from 'react';
import { SelectField } from '../design/field.tsx';
import type { Offer } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';

type VenueFieldProps = {
  offer: Offer | undefined;
  value: string;
  onText: (venueCode: string) => void;
};

/** One venue, none before it is chosen. */
export function VenueField({ offer, value, onText }: VenueFieldProps): ReactNode {
  const { language, t } = useLanguage();
  return (
    <SelectField
      data-first-focus
      label={t(bookingMessages.venue)}
      {...{ value, onText }}
      options={[
        { value: '', label: '―' },
        ...(offer?.venues ?? []).map(({ venueCode, name }) => ({
          value: venueCode,
          label: name[language],
        })),
      ]}
    />
  );
}

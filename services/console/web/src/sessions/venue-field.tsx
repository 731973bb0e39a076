import type { ReactNode } from 'react';
import { SelectField } from '../design/field.tsx';
import type { Offer } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';

type VenueFieldProps = {
  offer: Pick<Offer, 'venues'> | undefined;
  /** None chosen means any of them; else one has to be chosen. */
  orAny?: boolean;
  value: string;
  onText: (venueCode: string) => void;
};

/** One venue by its name; the code is empty where none is chosen. */
export function VenueField({ offer, orAny, value, onText }: VenueFieldProps): ReactNode {
  const { language, t } = useLanguage();
  return (
    <SelectField
      data-first-focus={orAny === true ? undefined : true}
      label={t(bookingMessages.venue)}
      {...{ value, onText }}
      options={[
        { value: '', label: orAny === true ? t(bookingMessages.anyVenue) : '―' },
        ...(offer?.venues ?? []).map(({ venueCode, name }) => ({
          value: venueCode,
          label: name[language],
        })),
      ]}
    />
  );
}

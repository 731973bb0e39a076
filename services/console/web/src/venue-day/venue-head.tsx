import type { ReactNode } from 'react';
import { SelectField } from '../design/field.tsx';
import { useLanguage } from '../messages/language.tsx';
import { venueDayMessages } from '../messages/venue-day-messages.ts';

type VenueHeadProps = {
  venueCode: string;
  venues: readonly { value: string; label: string }[];
  onVenue: (venueCode: string) => void;
  children?: ReactNode;
};

/** Which venue's day it is, and what can be done with the whole of it. */
export function VenueHead({ venueCode, venues, onVenue, children }: VenueHeadProps): ReactNode {
  const { t } = useLanguage();
  return (
    <>
      <h1 className="visually-hidden">{t(venueDayMessages.title)}</h1>
      <div className="row row--spread row--bottom venue-day__head">
        <SelectField
          label={t(venueDayMessages.venue)}
          value={venueCode}
          options={venues}
          onText={onVenue}
        />
        {children}
      </div>
    </>
  );
}

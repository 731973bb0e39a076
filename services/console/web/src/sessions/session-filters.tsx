import type { ReactNode } from 'react';
import { SelectField, TextField } from '../design/field.tsx';
import type { Offer, SessionView } from '../gateway/contract-types.ts';
import { sessionStateNames } from '../messages/desk-names.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { VenueField } from './venue-field.tsx';

export type SessionFilter = {
  venueCode: string;
  from: string;
  to: string;
  state: SessionView['state'] | '';
};

const STATES = Object.keys(sessionStateNames) as SessionView['state'][];

type SessionFiltersProps = {
  filter: SessionFilter;
  venues: Offer['venues'];
  onChange: (part: Partial<SessionFilter>) => void;
};

export function SessionFilters({ filter, venues, onChange }: SessionFiltersProps): ReactNode {
  const { t } = useLanguage();
  return (
    <div className="sessions__filters">
      <VenueField
        offer={{ venues }}
        orAny
        value={filter.venueCode}
        onText={(venueCode) => onChange({ venueCode })}
      />
      <TextField
        label={t(sessionMessages.from)}
        type="date"
        value={filter.from}
        onText={(from) => (from === '' ? undefined : onChange({ from }))}
        bare
      />
      <TextField
        label={t(sessionMessages.to)}
        type="date"
        value={filter.to}
        onText={(to) => (to === '' ? undefined : onChange({ to }))}
        bare
      />
      <SelectField
        label={t(sessionMessages.state)}
        value={filter.state}
        onText={(state) => onChange({ state: state as SessionFilter['state'] })}
        options={[
          { value: '', label: t(sessionMessages.anyState) },
          ...STATES.map((value) => ({ value, label: t(sessionStateNames[value]) })),
        ]}
      />
    </div>
  );
}

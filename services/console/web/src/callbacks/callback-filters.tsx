import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import type { Offer, WorkItem, WorkItemKind } from '../gateway/contract-types.ts';
import { useLanguage } from '../messages/language.tsx';
import { callbackMessages } from '../messages/callback-messages.ts';
import { workItemKindNames, workItemStateNames } from '../messages/desk-names.ts';
import { VenueField } from '../sessions/venue-field.tsx';

export type CallbackFilter = {
  kind: WorkItemKind | '';
  venueCode: string;
  day: string;
  state: WorkItem['state'];
};

export const FIRST_FILTER: CallbackFilter = { kind: '', venueCode: '', day: '', state: 'open' };

const KINDS = Object.keys(workItemKindNames) as WorkItemKind[];
const STATES = Object.keys(workItemStateNames) as WorkItem['state'][];

type CallbackFiltersProps = {
  filter: CallbackFilter;
  venues: Offer['venues'];
  onChange: (part: Partial<CallbackFilter>) => void;
};

export function CallbackFilters({ filter, venues, onChange }: CallbackFiltersProps): ReactNode {
  const { t } = useLanguage();
  return (
    <div className="worklist__filters">
      <SelectField
        label={t(callbackMessages.kind)}
        value={filter.kind}
        onText={(kind) => onChange({ kind: kind as CallbackFilter['kind'] })}
        options={[
          { value: '', label: t(callbackMessages.anyKind) },
          ...KINDS.map((value) => ({ value, label: t(workItemKindNames[value]) })),
        ]}
      />
      <VenueField
        offer={{ venues }}
        orAny
        value={filter.venueCode}
        onText={(venueCode) => onChange({ venueCode })}
      />
      <TextField
        label={t(callbackMessages.day)}
        type="date"
        value={filter.day}
        onText={(day) => onChange({ day })}
        bare
      />
      <Choices
        label={t(callbackMessages.state)}
        value={filter.state}
        options={STATES.map((value) => ({ value, label: t(workItemStateNames[value]) }))}
        onChoose={(state) => onChange({ state })}
        digits
      />
    </div>
  );
}

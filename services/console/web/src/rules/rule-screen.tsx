import type { Role } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { listMessages } from '../messages/list-messages.ts';
import { ruleMessages } from '../messages/rule-messages.ts';
import { settingMessages } from '../messages/setting-messages.ts';
import { GroupLists } from '../priority-lists/group-lists.tsx';
import { CatalogueList } from './catalogue-list.tsx';
import { RuleList } from './rule-list.tsx';
import { SettingView } from './setting-view.tsx';
import { TryRules } from './try-rules.tsx';
import { VenueList } from './venue-list.tsx';

const VIEWS = [
  { value: 'try', name: ruleMessages.viewTry },
  { value: 'rules', name: ruleMessages.viewRules },
  { value: 'venues', name: ruleMessages.viewVenues },
  { value: 'catalogue', name: catalogueMessages.view },
  { value: 'settings', name: settingMessages.view },
  { value: 'lists', name: listMessages.view },
] as const;
type View = (typeof VIEWS)[number]['value'];

const MAY_TRY: readonly Role[] = [
  'operator',
  'senior-operator',
  'city-staff',
  'operations-manager',
  'system-administrator',
];
const MAY_LIST: readonly Role[] = [
  'city-staff',
  'operations-manager',
  'system-administrator',
  'auditor',
];

const MAY: Record<View, readonly Role[]> = {
  try: MAY_TRY,
  rules: MAY_LIST,
  venues: MAY_LIST,
  catalogue: MAY_LIST,
  settings: MAY_LIST,
  // Who comes first, and how many there are, is for the city.
  lists: ['city-staff', 'auditor'],
};

/** Rules of the programmes: tried by whoever answers callers, read and kept by whoever administers them. */
export function RuleScreen({ role }: { role: Role }): ReactNode {
  const { t } = useLanguage();
  const views = VIEWS.filter(({ value }) => MAY[value].includes(role));
  const [view, setView] = useState<View>(views[0]?.value ?? 'try');
  return (
    <div className="rules">
      <h1 className="visually-hidden">{t(ruleMessages.title)}</h1>
      {views.length < 2 ? null : (
        <Choices
          label={t(ruleMessages.views)}
          quietLabel
          value={view}
          options={views.map(({ value, name }) => ({ value, label: t(name) }))}
          onChoose={setView}
          digits
        />
      )}
      {view === 'try' ? <TryRules /> : null}
      {view === 'rules' ? <RuleList mayEnd={role !== 'auditor'} /> : null}
      {view === 'catalogue' ? <CatalogueList mayChange={role !== 'auditor'} /> : null}
      {view === 'settings' ? <SettingView mayChange={role !== 'auditor'} /> : null}
      {view === 'lists' ? <GroupLists mayImport={role === 'city-staff'} /> : null}
      {view === 'venues' ? <VenueList mayImport={role !== 'auditor'} /> : null}
    </div>
  );
}

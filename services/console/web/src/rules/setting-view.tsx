import { useState } from 'react';
import type { ReactNode } from 'react';
import { ChangeList } from '../catalogue-entry/change-list.tsx';
import { ENTERED_WEEKDAYS } from '../catalogue-entry/entry-draft.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { ReservationSettings } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { weekdayNames } from '../messages/names.ts';
import { settingMessages, settingNames } from '../messages/setting-messages.ts';
import { SettingDialog } from './setting-dialog.tsx';

/** Calling hours, offers and sessions as the city has set them, with their history. */
export function SettingView({ mayChange }: { mayChange: boolean }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const shown = useQuery(() => gateway.showSettings({}));
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState<string | undefined>(undefined);
  const { value } = shown;
  return (
    <>
      {said === undefined ? null : <Notice tone="good">{said}</Notice>}
      <ProblemNotice problem={shown.problem} />
      <Panel
        title={t(settingMessages.title)}
        scrolls
        aside={
          mayChange && value !== undefined ? (
            <Button kind="quiet" onClick={() => setChanging(true)}>
              {t(settingMessages.edit)}
            </Button>
          ) : undefined
        }
      >
        {value === undefined && shown.problem === undefined ? (
          <p className="empty">{t(general.loading)}</p>
        ) : null}
        {value === undefined ? null : (
          <div className="stack">
            <SettingFacts settings={value.settings} />
            <h3>{t(settingMessages.history)}</h3>
            {value.changes.length === 0 ? (
              <p className="empty">{t(settingMessages.noHistory)}</p>
            ) : null}
            <ChangeList
              changes={value.changes}
              names={{ ...settingNames, ...weekdayNames }}
              beginsWithRow={false}
            />
          </div>
        )}
      </Panel>
      {changing && value !== undefined ? (
        <SettingDialog
          shown={value}
          onClose={() => setChanging(false)}
          onSaved={(sentence) => {
            setChanging(false);
            setSaid(sentence);
            shown.reload();
          }}
        />
      ) : null}
    </>
  );
}

function SettingFacts({ settings }: { settings: ReservationSettings }): ReactNode {
  const { t } = useLanguage();
  const facts: readonly [keyof ReservationSettings, string][] = [
    [
      'callingFrom',
      t(settingMessages.hours, { from: settings.callingFrom, to: settings.callingTo }),
    ],
    [
      'callingWeekdays',
      ENTERED_WEEKDAYS.filter((day) => settings.callingWeekdays.includes(day))
        .map((day) => t(weekdayNames[day]))
        .join('・'),
    ],
    ['callsOnHolidays', t(settings.callsOnHolidays ? catalogueMessages.yes : catalogueMessages.no)],
    ['closedDays', settings.closedDays.join('、') || t(settingMessages.noDay)],
    ['phoneMinutes', t(settingMessages.minutes, { count: settings.phoneMinutes })],
    ['webMinutes', t(settingMessages.minutes, { count: settings.webMinutes })],
    ['shortestMinutes', t(settingMessages.minutes, { count: settings.shortestMinutes })],
    ['offersToMiss', t(settingMessages.times, { count: settings.offersToMiss })],
    ['sessionDaysAhead', t(settingMessages.days, { count: settings.sessionDaysAhead })],
  ];
  return (
    <table className="table" aria-label={t(settingMessages.title)}>
      <tbody>
        {facts.map(([member, fact]) => (
          <tr key={member}>
            <th scope="row">
              {t(member === 'callingFrom' ? settingMessages.callingHours : settingNames[member])}
            </th>
            <td className="figures">{fact}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

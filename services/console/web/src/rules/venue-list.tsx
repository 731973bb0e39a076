import { useState } from 'react';
import type { ReactNode } from 'react';
import { RowActions, useEntries } from '../catalogue-entry/use-entries.tsx';
import { Button } from '../design/button.tsx';
import { NoRows } from '../design/no-rows.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { ListedVenue } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { venueKindNames } from '../messages/desk-names.ts';
import { weekdayNames } from '../messages/names.ts';
import { useLanguage } from '../messages/language.tsx';
import { ruleMessages } from '../messages/rule-messages.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import { VenueFileDialog } from './venue-file-dialog.tsx';

/** Venues as their owner keeps them. */
export function VenueList({ mayImport }: { mayImport: boolean }): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const list = useQuery(() => gateway.listProgrammeVenues({}));
  const entries = useEntries({ version: list.value?.version ?? 0, reload: list.reload });
  const [filing, setFiling] = useState(false);
  const [said, setSaid] = useState<string | undefined>(undefined);
  const venues = list.value?.venues;
  return (
    <>
      {said === undefined ? null : <Notice tone="good">{said}</Notice>}
      {entries.said === undefined ? null : <Notice tone="good">{entries.said}</Notice>}
      <ProblemNotice problem={list.problem} />
      <Panel
        title={t(ruleMessages.venues)}
        scrolls
        aside={
          mayImport ? (
            <span className="row">
              <Button kind="quiet" onClick={() => entries.enter({ kind: 'venue' })}>
                {t(catalogueMessages.add)}
              </Button>
              <Button kind="quiet" onClick={() => setFiling(true)}>
                {t(ruleMessages.venueFile)}
              </Button>
            </span>
          ) : undefined
        }
      >
        <NoRows rows={venues} problem={list.problem} nothing={ruleMessages.noVenue} />
        {venues === undefined || venues.length === 0 ? null : (
          <VenueTable {...{ venues, entries }} mayChange={mayImport} />
        )}
      </Panel>
      {entries.dialog}
      {filing ? (
        <VenueFileDialog
          onClose={() => setFiling(false)}
          onDone={(sentence) => {
            setFiling(false);
            setSaid(sentence);
            list.reload();
          }}
        />
      ) : null}
    </>
  );
}

type VenueTableProps = {
  venues: readonly ListedVenue[];
  entries: ReturnType<typeof useEntries>;
  mayChange: boolean;
};

function VenueTable({ venues, entries, mayChange }: VenueTableProps): ReactNode {
  const { language, t } = useLanguage();
  const hoursOf = ({ openingHours }: ListedVenue): string =>
    openingHours
      .map(({ weekday, opens, closes }) => `${t(weekdayNames[weekday])} ${opens}–${closes}`)
      .join('、');
  const closingOf = ({ closesOnHolidays, closedDays }: ListedVenue): string =>
    [
      closesOnHolidays ? t(ruleMessages.onHolidays) : undefined,
      closedDays.length === 0 ? undefined : t(ruleMessages.ownDays, { count: closedDays.length }),
    ]
      .filter((part) => part !== undefined)
      .join('・');
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t(ruleMessages.venueCode)}</th>
          <th scope="col">{t(bookingMessages.venue)}</th>
          <th scope="col">{t(ruleMessages.town)}</th>
          <th scope="col">{t(ruleMessages.kind)}</th>
          <th scope="col">{t(ruleMessages.hours)}</th>
          <th scope="col">{t(ruleMessages.holidays)}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {venues.map((venue) => (
          <tr key={venue.venueCode}>
            <td className="nowrap">{venue.venueCode}</td>
            <td>{venue.name[language]}</td>
            <td className="nowrap">{venue.town}</td>
            <td className="nowrap">{t(venueKindNames[venue.kind])}</td>
            <td>{hoursOf(venue)}</td>
            <td>{closingOf(venue)}</td>
            <td className="nowrap">
              <RowActions
                kind="venue"
                code={venue.venueCode}
                row={venue}
                {...{ entries, mayChange }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

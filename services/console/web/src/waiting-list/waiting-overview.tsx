import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { NoRows } from '../design/no-rows.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Offer, WaitingCounts } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useEvery } from '../gateway/use-every.ts';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { waitingOverviewMessages } from '../messages/waiting-overview-messages.ts';
import { namesOf } from '../sessions/session-table.tsx';
import { VenueField } from '../sessions/venue-field.tsx';
import { WaitingGroupTable } from './waiting-group-table.tsx';

/** How often the numbers are asked for anew, ms. */
const POLL_MS = 15_000;

type Filter = { venueCode: string; from: string; to: string };

/** The whole waiting list in numbers, and from a venue's row to everybody in line for a seat there. */
export function WaitingOverview(): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [filter, setFilter] = useState<Filter>({ venueCode: '', from: '', to: '' });
  const list = useQuery(() => gateway.countWaiting(requestOf(filter)));
  const offer = useQuery(() => gateway.listVenues({}));
  useEvery(POLL_MS, list.reload);
  const change = (part: Partial<Filter>): void => {
    setFilter((before) => ({ ...before, ...part }));
    list.reload();
  };
  const groups = list.value?.groups;
  const totals = list.value?.totals;
  return (
    <div className="waiting-overview">
      <h1 className="visually-hidden">{t(waitingOverviewMessages.title)}</h1>
      <div className="sessions__filters">
        <VenueField
          offer={offer.value}
          orAny
          value={filter.venueCode}
          onText={(venueCode) => change({ venueCode })}
        />
        {(['from', 'to'] as const).map((end) => (
          <TextField
            key={end}
            label={t(sessionMessages[end])}
            type="date"
            value={filter[end]}
            onText={(day) => change({ [end]: day })}
            bare
          />
        ))}
      </div>
      <div className="stack stack--tight">
        <ProblemNotice problem={list.problem ?? offer.problem} />
        {totals === undefined ? null : (
          <p role="status">{t(waitingOverviewMessages.sums, totals)}</p>
        )}
        {filter.venueCode === '' ? null : <Notice>{t(waitingOverviewMessages.venueLead)}</Notice>}
        {groups === undefined || totals === undefined || totals.groups <= groups.length ? null : (
          <Notice tone="warn">
            {t(waitingOverviewMessages.moreThanListed, { count: groups.length })}
          </Notice>
        )}
        <KeptSeats kept={list.value?.keptSeats ?? []} offer={offer.value} />
      </div>
      <Panel title={t(waitingOverviewMessages.list)} scrolls place="sessions__list">
        <NoRows rows={groups} problem={list.problem} nothing={waitingOverviewMessages.nothing} />
        {groups === undefined || groups.length === 0 ? null : (
          <WaitingGroupTable
            {...{ groups }}
            offer={offer.value}
            onVenue={(venueCode) => change({ venueCode })}
          />
        )}
      </Panel>
    </div>
  );
}

type KeptSeatsProps = { kept: WaitingCounts['keptSeats']; offer: Offer | undefined };

/** Seats that came free and go down the list at this moment. */
function KeptSeats({ kept, offer }: KeptSeatsProps): ReactNode {
  const { language, t } = useLanguage();
  if (kept.length === 0) return null;
  const places = kept.map((one) => {
    const { venue, product } = namesOf(one, offer, language);
    return t(waitingOverviewMessages.keptAt, { venue, product, seats: one.seats });
  });
  return (
    <Notice tone="warn">
      {t(waitingOverviewMessages.kept)} {places.join(' / ')}
    </Notice>
  );
}

function requestOf({ venueCode, from, to }: Filter) {
  return {
    ...(venueCode === '' ? {} : { venueCode }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
  };
}

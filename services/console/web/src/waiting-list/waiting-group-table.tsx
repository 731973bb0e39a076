import type { KeyboardEvent, ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { useGridRows } from '../design/use-grid-rows.ts';
import { dayAndTime, shortDay } from '../format/dates.ts';
import { useSeconds } from '../format/use-seconds.ts';
import type { Offer, WaitingGroup } from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { waitingMessages } from '../messages/waiting-messages.ts';
import { waitingOverviewMessages } from '../messages/waiting-overview-messages.ts';
import { waitedFor } from './waited-for.ts';

type WaitingGroupTableProps = {
  groups: readonly WaitingGroup[];
  offer: Offer | undefined;
  /** Leads to everybody in line for a seat of a venue. */
  onVenue: (venueCode: string) => void;
};

/** Who waits, by place, product and dose, as a grid with one tab stop. */
export function WaitingGroupTable({ groups, offer, onVenue }: WaitingGroupTableProps): ReactNode {
  const { t } = useLanguage();
  const { body, index, setAt, move } = useGridRows(groups.length);
  const now = useSeconds(true);
  const onKeyDown = (event: KeyboardEvent): void => {
    const venueCode = groups[index]?.venueCode;
    if (event.key === 'Enter' && venueCode !== undefined) onVenue(venueCode);
    move(event);
  };
  const numbers = ['waiting', 'offered', 'callsDue'] as const;
  return (
    <table className="table" role="grid" aria-label={t(waitingOverviewMessages.list)}>
      <thead>
        <tr>
          <th scope="col">{t(waitingMessages.place)}</th>
          <th scope="col">{t(bookingMessages.product)}</th>
          <th scope="col">{t(waitingOverviewMessages.dose)}</th>
          {numbers.map((name) => (
            <th key={name} scope="col" className="number">
              {t(waitingOverviewMessages[name])}
            </th>
          ))}
          <th scope="col">{t(waitingOverviewMessages.head)}</th>
          <th scope="col">{t(waitingOverviewMessages.earliest)}</th>
          <th scope="col">{t(waitingOverviewMessages.days)}</th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {groups.map((group, row) => (
          <GroupRow
            key={[group.venueCode, group.town, group.productCode, group.doseNumber].join('|')}
            {...{ group, offer, now, onVenue }}
            current={row === index}
            onFocus={() => setAt(row)}
          />
        ))}
      </tbody>
    </table>
  );
}

type GroupRowProps = Pick<WaitingGroupTableProps, 'offer' | 'onVenue'> & {
  group: WaitingGroup;
  now: number;
  current: boolean;
  onFocus: () => void;
};

function GroupRow({ group, offer, now, current, onVenue, onFocus }: GroupRowProps): ReactNode {
  const { language, t } = useLanguage();
  const { venueCode, town, productCode, callsDue, headJoinedAt } = group;
  const venue = offer?.venues.find((one) => one.venueCode === venueCode);
  const product = offer?.products.find((one) => one.productCode === productCode);
  const inTown = town === undefined ? undefined : t(waitingOverviewMessages.inTown, { town });
  return (
    <tr
      tabIndex={current ? 0 : -1}
      aria-selected={current}
      onFocus={onFocus}
      onDoubleClick={() => (venueCode === undefined ? undefined : onVenue(venueCode))}
    >
      <td>{venue?.name[language] ?? venueCode ?? inTown ?? t(waitingOverviewMessages.anywhere)}</td>
      <td>{product?.name[language] ?? productCode ?? t(bookingMessages.anyProduct)}</td>
      <td className="nowrap">{t(contextMessages.dose, { number: group.doseNumber })}</td>
      <td className="number">{group.waiting}</td>
      <td className="number">{group.offered}</td>
      <td className="number">
        {callsDue === 0 ? 0 : <Badge tone="warn">{String(callsDue)}</Badge>}
      </td>
      <td className="nowrap">
        {headJoinedAt === undefined
          ? t(waitingOverviewMessages.allOffered)
          : t(waitingOverviewMessages.waited, waitedFor(headJoinedAt, now))}
      </td>
      <td className="nowrap figures">{dayAndTime(group.earliestJoinedAt, language)}</td>
      <td className="nowrap">
        {shortDay(group.from, language)} – {shortDay(group.to, language)}
      </td>
    </tr>
  );
}

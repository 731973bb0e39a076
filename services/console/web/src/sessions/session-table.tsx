import type { KeyboardEvent, ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { useGridRows } from '../design/use-grid-rows.ts';
import { shortDay } from '../format/dates.ts';
import type { Offer, SessionView } from '../gateway/contract-types.ts';
import { sessionStateNames } from '../messages/desk-names.ts';
import { useLanguage } from '../messages/language.tsx';
import { sessionMessages } from '../messages/session-messages.ts';
import { bookingMessages } from '../messages/task-messages.ts';

type SessionTableProps = {
  sessions: readonly SessionView[];
  offer: Offer | undefined;
  chosen: string | undefined;
  onChoose: (sessionId: string) => void;
  /** Enter leads to what can be done with the chosen one. */
  onEnter: () => void;
};

/** Sessions as a grid with one tab stop; moving through it shows what can be done beside. */
export function SessionTable(props: SessionTableProps): ReactNode {
  const { sessions, offer, chosen, onChoose, onEnter } = props;
  const { t } = useLanguage();
  const { body, index, setAt, move } = useGridRows(sessions.length);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (move(event) || event.key !== 'Enter') return;
    event.preventDefault();
    onEnter();
  };
  return (
    <table className="table" role="grid" aria-label={t(sessionMessages.list)}>
      <thead>
        <tr>
          <th scope="col">{t(sessionMessages.day)}</th>
          <th scope="col">{t(bookingMessages.venue)}</th>
          <th scope="col" className="sessions__product">
            {t(bookingMessages.product)}
          </th>
          <th scope="col">{t(sessionMessages.hours)}</th>
          <th scope="col" className="number">
            {t(sessionMessages.capacity)}
          </th>
          <th scope="col" className="number">
            {t(sessionMessages.booked)}
          </th>
          <th scope="col" className="number">
            {t(sessionMessages.held)}
          </th>
          <th scope="col">{t(sessionMessages.state)}</th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {sessions.map((session, row) => (
          <SessionRow
            key={session.sessionId}
            {...{ session, offer }}
            current={row === index}
            selected={session.sessionId === chosen}
            onFocus={() => {
              setAt(row);
              onChoose(session.sessionId);
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Names of the venue and product of a session; codes where the offer does not have them. */
export function namesOf(
  { venueCode, productCode }: Pick<SessionView, 'venueCode' | 'productCode'>,
  offer: Offer | undefined,
  language: 'ja' | 'en',
): { venue: string; product: string } {
  const venue = offer?.venues.find((one) => one.venueCode === venueCode);
  const product = offer?.products.find((one) => one.productCode === productCode);
  return {
    venue: venue?.name[language] ?? venueCode,
    product: product?.name[language] ?? productCode,
  };
}

type SessionRowProps = {
  session: SessionView;
  offer: Offer | undefined;
  current: boolean;
  selected: boolean;
  onFocus: () => void;
};

function SessionRow({ session, offer, current, selected, onFocus }: SessionRowProps): ReactNode {
  const { language, t } = useLanguage();
  const { day, pattern, capacity, booked, held, state, overBooked, toBeClosed, outsideHours } =
    session;
  const { venue, product } = namesOf(session, offer, language);
  return (
    <tr tabIndex={current ? 0 : -1} aria-selected={selected} onFocus={onFocus}>
      <td className="nowrap">{shortDay(day, language)}</td>
      <td>{venue}</td>
      <td className="sessions__product">{product}</td>
      <td className="nowrap">
        {pattern.startsAt}–{pattern.endsAt}
      </td>
      <td className="number">{capacity}</td>
      <td className="number">{booked}</td>
      <td className="number">{held}</td>
      <td className="nowrap">
        <Badge tone={state === 'open' ? 'good' : 'warn'}>{t(sessionStateNames[state])}</Badge>{' '}
        {toBeClosed ? <Badge tone="bad">{t(sessionMessages.toBeClosed)}</Badge> : null}{' '}
        {outsideHours ? (
          <Badge tone="warn">
            {t(sessionMessages.outsideHours, { slots: outsideHours.slots })}
          </Badge>
        ) : null}{' '}
        {overBooked === 0 ? null : (
          <Badge tone="bad">{t(sessionMessages.overBooked, { count: overBooked })}</Badge>
        )}
      </td>
    </tr>
  );
}

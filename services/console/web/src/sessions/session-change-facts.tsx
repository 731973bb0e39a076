import type { SessionChangeView } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { reasonText } from '../callbacks/reason-text.ts';
import { Notice } from '../design/notice.tsx';
import { longDay } from '../format/dates.ts';
import { useLanguage } from '../messages/language.tsx';
import { secondPersonMessages, sessionChangeNames } from '../messages/second-person-messages.ts';

/** As many as fit on a card; the count of all stands beside. */
const SHOWN = 5;

type Sessions = Pick<SessionChangeView, 'sessions' | 'sessionCount'>;

/** Sessions in one line each: day, venue, time, vaccine, and how many are booked. */
export function SessionLines({ sessions, sessionCount }: Sessions): ReactNode {
  const { language, t } = useLanguage();
  const shown = sessions.slice(0, SHOWN);
  return (
    <ul className="lines">
      {shown.map((one) => (
        <li key={one.sessionId}>
          {longDay(one.day, language)} {one.venueName[language]}{' '}
          <span className="figures">
            {one.startsAt}–{one.endsAt}
          </span>{' '}
          {one.productName[language]}・{t(secondPersonMessages.booked, { count: one.booked })}
        </li>
      ))}
      {sessionCount > shown.length ? (
        <li>{t(secondPersonMessages.moreSessions, { count: sessionCount - shown.length })}</li>
      ) : null}
    </ul>
  );
}

/** What exactly is to be done, and whom it hits, in numbers: enough to say yes or no to. */
export function SessionChangeFacts({ view }: { view: SessionChangeView }): ReactNode {
  const { language, t } = useLanguage();
  const { change, people, seats, state } = view;
  const cut = change.kind === 'change-capacity' ? change : undefined;
  const { from, to } = seats;
  const { proposed, now, most } = people;
  return (
    <>
      <dl className="facts">
        <dt>{t(secondPersonMessages.change)}</dt>
        <dd>
          {t(sessionChangeNames[change.kind])}
          {cut === undefined
            ? ''
            : `(${t(secondPersonMessages.perSlot, { count: cut.capacity })}${hoursOf(cut)})`}
        </dd>
        <dt>{t(secondPersonMessages.sessions)}</dt>
        <dd>
          <SessionLines {...view} />
        </dd>
        <dt>{t(secondPersonMessages.seats)}</dt>
        <dd className="figures">{t(secondPersonMessages.seatsChange, { from, to })}</dd>
        <dt>{t(secondPersonMessages.people)}</dt>
        <dd className="figures">
          <strong>{t(secondPersonMessages.peopleCounts, { proposed, now, most })}</strong>
        </dd>
        <dt>{t(secondPersonMessages.whyClosed)}</dt>
        <dd>{reasonText(change.reason, language)}</dd>
      </dl>
      {state === 'outdated' ? (
        <Notice tone="warn">{t(secondPersonMessages.outdated)}</Notice>
      ) : null}
      {state === 'done' ? <Notice>{t(secondPersonMessages.done)}</Notice> : null}
    </>
  );
}

function hoursOf(cut: { timeFrom?: string | undefined; timeTo?: string | undefined }): string {
  if (cut.timeFrom === undefined && cut.timeTo === undefined) return '';
  return ` ${cut.timeFrom ?? ''}–${cut.timeTo ?? ''}`;
}

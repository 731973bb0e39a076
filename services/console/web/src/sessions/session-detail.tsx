import { CHANNELS } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import { reasonText } from '../callbacks/reason-text.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { dayAndTime, longDay } from '../format/dates.ts';
import type { Offer, SessionView } from '../gateway/contract-types.ts';
import { shutReasonNames } from '../messages/desk-names.ts';
import { useLanguage } from '../messages/language.tsx';
import { channelNames } from '../messages/names.ts';
import { sessionMessages } from '../messages/session-messages.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import type { SessionDialog } from './session-dialogs.tsx';
import { namesOf } from './session-table.tsx';

type SessionDetailProps = {
  session: SessionView | undefined;
  offer: Offer | undefined;
  mayChange: boolean;
  onStart: (dialog: SessionDialog) => void;
};

/** One session with its pattern, and what can be done with it now. */
export function SessionDetail({ session, offer, mayChange, onStart }: SessionDetailProps) {
  const { language, t } = useLanguage();
  if (session === undefined) return <p className="empty">{t(sessionMessages.choose)}</p>;
  const { day, pattern, opensAt, closesAt, state, reason, slots, capacity, booked } = session;
  const { venue, product } = namesOf(session, offer, language);
  const { plans } = session;
  const sharesOf = (quotas: SessionView['pattern']['quotas']): string =>
    CHANNELS.map((channel) => `${t(channelNames[channel])} ${quotas[channel]}`).join('・');
  const gaps = pattern.gaps.map(({ from, to }) => `${from}–${to}`).join('、');
  return (
    <div className="stack">
      <AfterChanges {...{ session }} />
      <dl className="facts facts--stacked">
        <dt>{t(sessionMessages.day)}</dt>
        <dd>{longDay(day, language)}</dd>
        <dt>{t(bookingMessages.venue)}</dt>
        <dd>{venue}</dd>
        <dt>{t(bookingMessages.product)}</dt>
        <dd>{product}</dd>
        <dt>{t(sessionMessages.hours)}</dt>
        <dd className="figures">
          {t(sessionMessages.hoursOf, {
            from: pattern.startsAt,
            to: pattern.endsAt,
            minutes: pattern.slotMinutes,
          })}
          {gaps === '' ? '' : t(sessionMessages.gapsOf, { gaps })}
        </dd>
        <dt>{t(sessionMessages.capacity)}</dt>
        <dd className="figures">
          {t(sessionMessages.preview, { slots, seats: capacity })} / {t(sessionMessages.booked)}{' '}
          {booked}
          {pattern.extraAtStart === 0
            ? ''
            : `・${t(sessionMessages.extraAtStart)} ${pattern.extraAtStart}`}
        </dd>
        <dt>{t(sessionMessages.quotas)}</dt>
        <dd className="figures">{sharesOf(pattern.quotas)}</dd>
        <dt>{t(sessionMessages.opensAt)}</dt>
        <dd className="figures">
          {dayAndTime(opensAt, language)}
          {closesAt === undefined ? '' : ` – ${dayAndTime(closesAt, language)}`}
        </dd>
        {plans.length === 0 ? null : (
          <>
            <dt>{t(sessionMessages.plans)}</dt>
            {plans.map(({ at, quotas }) => (
              <dd key={at} className="figures">
                {dayAndTime(at, language)} {sharesOf(quotas)}
              </dd>
            ))}
          </>
        )}
        {reason === undefined ? null : (
          <>
            <dt>{t(sessionMessages.reason)}</dt>
            <dd>{reasonText(reason, language)}</dd>
          </>
        )}
      </dl>
      {mayChange ? <DetailActions state={state} onStart={onStart} /> : null}
    </div>
  );
}

/** What became of it when its venue or rules were changed after it was opened. */
function AfterChanges({ session }: { session: SessionView }): ReactNode {
  const { t } = useLanguage();
  const { toBeClosed, outsideHours } = session;
  return (
    <>
      {toBeClosed === undefined ? null : (
        <Notice tone="warn">
          {t(sessionMessages.toBeClosedLead, { why: t(shutReasonNames[toBeClosed]) })}
        </Notice>
      )}
      {outsideHours === undefined ? null : (
        <Notice tone="warn">{t(sessionMessages.outsideHoursLead, outsideHours)}</Notice>
      )}
    </>
  );
}

type DetailActionsProps = Pick<SessionDetailProps, 'onStart'> & Pick<SessionView, 'state'>;

function DetailActions({ state, onStart }: DetailActionsProps): ReactNode {
  const { t } = useLanguage();
  if (state === 'closed')
    return <Button onClick={() => onStart('reopen')}>{t(sessionMessages.reopen)}</Button>;
  return (
    <div className="stack stack--tight">
      <Button onClick={() => onStart('capacity')}>{t(sessionMessages.changeCapacity)}</Button>
      <Button onClick={() => onStart('plan')}>{t(sessionMessages.plan)}</Button>
      <Button kind="danger" onClick={() => onStart('close')}>
        {t(sessionMessages.close)}
      </Button>
    </div>
  );
}

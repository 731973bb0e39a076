import type { ReactNode } from 'react';
import { reasonText } from '../callbacks/reason-text.ts';
import { Badge } from '../design/badge.tsx';
import type { Tone } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { dayAndTime, shortDay } from '../format/dates.ts';
import type { Offer, WaitingEntry, WaitingState } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { reachNames, waitingStateNames } from '../messages/desk-names.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { waitingMessages } from '../messages/waiting-messages.ts';
import { OfferedSeat } from './offered-seat.tsx';
import type { OfferedSeatProps } from './offered-seat.tsx';

const TONES: Record<WaitingState, Tone> = {
  waiting: 'key',
  offered: 'good',
  booked: 'good',
  left: 'plain',
  ended: 'plain',
};

type WaitingCardProps = {
  residentId: string;
  entry: WaitingEntry;
  venues: Offer | undefined;
  focusOffer: boolean;
  onBooked: OfferedSeatProps['onBooked'];
  /** Says what was done. */
  onSaid: (message: 'leftNow' | 'declined') => void;
  onGone: OfferedSeatProps['onGone'];
};

/** One wish with its number, and the seat that is kept for it now. */
export function WaitingCard(props: WaitingCardProps): ReactNode {
  const { residentId, entry, venues, focusOffer, onBooked, onSaid, onGone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const leave = useCommand(gateway.leaveWaitingList);
  const { entryId, state, ticketNumber, reach, offer } = entry;
  const live = state === 'waiting' || state === 'offered';
  const quit = async (): Promise<void> => {
    if (entryId === undefined) return;
    const answer = await leave.run({ residentId, entryId });
    if (answer?.ok === true) onSaid('leftNow');
  };
  return (
    <article className="approval">
      <div className="row row--spread">
        <strong className="figures">
          {ticketNumber === undefined || ticketNumber === null
            ? null
            : `${t(waitingMessages.ticket)} ${ticketNumber}`}{' '}
          {reach === undefined ? null : t(reachNames[reach])}
        </strong>
        {state === undefined ? null : (
          <Badge tone={TONES[state]}>{t(waitingStateNames[state])}</Badge>
        )}
      </div>
      <Wish {...{ entry, venues }} />
      {offer === undefined || offer === null ? null : (
        <OfferedSeat
          {...{ residentId, offer, focusOffer, onBooked, onGone }}
          onDeclined={(stays) => onSaid(stays ? 'declined' : 'leftNow')}
        />
      )}
      <ProblemNotice problem={leave.problem} />
      {live ? (
        <div className="row row--end">
          <Button kind="quiet" busy={leave.busy} onClick={() => void quit()}>
            {t(waitingMessages.leave)}
          </Button>
        </div>
      ) : null}
    </article>
  );
}

type WishProps = Pick<WaitingCardProps, 'entry' | 'venues'>;

function Wish({ entry, venues }: WishProps): ReactNode {
  const { language, t } = useLanguage();
  const { seats, joinedAt, ahead, offersMissed = 0, passedOver = [] } = entry;
  if (seats === undefined) return null;
  const venue = venues?.venues.find(({ venueCode }) => venueCode === seats.venueCode);
  const product = venues?.products.find(({ productCode }) => productCode === seats.productCode);
  const parts = [
    t(contextMessages.dose, { number: seats.doseNumber }),
    `${shortDay(seats.from, language)} – ${shortDay(seats.to, language)}`,
    venue?.name[language] ?? seats.venueCode ?? seats.town ?? t(bookingMessages.anyVenue),
    product?.name[language] ?? seats.productCode,
    seats.timeFrom === undefined && seats.timeTo === undefined
      ? undefined
      : `${seats.timeFrom ?? ''}–${seats.timeTo ?? ''}`,
  ];
  return (
    <dl className="facts">
      <dt>{t(waitingMessages.wish)}</dt>
      <dd>{parts.filter((part) => part !== undefined).join('・')}</dd>
      {joinedAt === undefined ? null : (
        <>
          <dt>{t(waitingMessages.since)}</dt>
          <dd className="figures">{dayAndTime(joinedAt, language)}</dd>
        </>
      )}
      {ahead === undefined || ahead === null ? null : (
        <>
          <dt>{t(waitingMessages.ahead)}</dt>
          <dd>
            {ahead === 0
              ? t(waitingMessages.aheadNone)
              : t(waitingMessages.aheadOf, { count: ahead })}
          </dd>
        </>
      )}
      {offersMissed === 0 ? null : (
        <>
          <dt>{t(waitingMessages.missed)}</dt>
          <dd>{t(waitingMessages.missedTimes, { count: offersMissed })}</dd>
        </>
      )}
      {passedOver.length === 0 ? null : (
        <>
          <dt>{t(waitingMessages.passedOver)}</dt>
          <dd>
            {passedOver.map(({ code, times }) => (
              <div key={code}>
                {t(waitingMessages.passedTimes, { reason: reasonText(code, language), times })}
              </div>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import type { Tone } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { dayAndTime, longDay, shortDay, spokenTime } from '../format/dates.ts';
import type { WaitingEntry, WaitingState } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { reachNames, waitingStateNames } from '../messages/desk-names.ts';

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
  /** Says what was done. */
  onDone: (sentence: string) => void;
  /** Something changed meanwhile: look again. */
  onGone: () => void;
};

export function WaitingCard({ residentId, entry, onDone, onGone }: WaitingCardProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const leave = useCommand(gateway.leaveWaitingList);
  const { entryId, state, ticketNumber, reach, offer } = entry;
  const live = state === 'waiting' || state === 'offered';
  const quit = async (): Promise<void> => {
    if (entryId === undefined) return;
    const answer = await leave.run({ residentId, entryId });
    if (answer?.ok === true) onDone(t(groupMessages.leftNow));
    else onGone();
  };
  return (
    <article className="approval">
      <div className="row row--spread">
        <strong>
          {ticketNumber === undefined || ticketNumber === null
            ? null
            : `${t(groupMessages.ticket)} ${ticketNumber}`}{' '}
          {reach === undefined ? null : t(reachNames[reach])}
        </strong>
        {state === undefined ? null : (
          <Badge tone={TONES[state]}>{t(waitingStateNames[state])}</Badge>
        )}
      </div>
      <Wish entry={entry} />
      {offer === undefined || offer === null ? null : (
        <Offered {...{ residentId, offer, onDone, onGone }} />
      )}
      <ProblemNotice problem={leave.problem} />
      {live ? (
        <div className="row row--end">
          <Button kind="quiet" busy={leave.busy} onClick={() => void quit()}>
            {t(groupMessages.leave)}
          </Button>
        </div>
      ) : null}
    </article>
  );
}

function Wish({ entry }: { entry: WaitingEntry }): ReactNode {
  const { language, t } = useLanguage();
  const { seats, passedOver } = entry;
  if (seats === undefined) return null;
  const missed = (passedOver ?? []).reduce((sum, one) => sum + one.times, 0);
  const parts = [
    t(contextMessages.dose, { number: seats.doseNumber }),
    `${shortDay(seats.from, language)} – ${shortDay(seats.to, language)}`,
    seats.venueCode ?? seats.town,
    seats.productCode,
    seats.timeFrom === undefined && seats.timeTo === undefined
      ? undefined
      : `${seats.timeFrom ?? ''}–${seats.timeTo ?? ''}`,
  ];
  return (
    <dl className="facts">
      <dt>{t(groupMessages.wish)}</dt>
      <dd>{parts.filter((part) => part !== undefined).join('・')}</dd>
      {missed === 0 ? null : (
        <>
          <dt>{t(groupMessages.passedOver)}</dt>
          <dd>{missed}</dd>
        </>
      )}
    </dl>
  );
}

type OfferedProps = Omit<WaitingCardProps, 'entry'> & { offer: NonNullable<WaitingEntry['offer']> };

/** A seat that is kept for a while: taken, or given to the next. */
function Offered({ residentId, offer, onDone, onGone }: OfferedProps): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const accept = useCommand(gateway.acceptOffer);
  const decline = useCommand(gateway.declineOffer);
  const { offerId, slot, expiresAt } = offer;
  const take = async (): Promise<void> => {
    const answer = await accept.run({ residentId, offerId });
    if (answer?.ok === true)
      onDone(t(groupMessages.accepted, { number: answer.value.confirmationNumber }));
    else onGone();
  };
  const pass = async (stay: boolean): Promise<void> => {
    const answer = await decline.run({ residentId, offerId, stay });
    if (answer?.ok === true) onDone(t(groupMessages.declined));
    else onGone();
  };
  const time = dayAndTime(expiresAt, language);
  return (
    <div className="stack stack--tight">
      <div className="row row--spread">
        <strong>{t(groupMessages.offerTitle)}</strong>
        <Badge tone="warn">{t(groupMessages.offerUntil, { time })}</Badge>
      </div>
      <ReadOut>
        {t(groupMessages.offerSentence, {
          date: longDay(slot.date, language),
          time: spokenTime(slot.startsAt, language),
          venue: slot.venueName[language],
        })}
      </ReadOut>
      <ProblemNotice problem={accept.problem ?? decline.problem} />
      <div className="row row--end">
        <Button busy={decline.busy} onClick={() => void pass(false)}>
          {t(groupMessages.declineLeave)}
        </Button>
        <Button busy={decline.busy} onClick={() => void pass(true)}>
          {t(groupMessages.declineStay)}
        </Button>
        <Button kind="primary" busy={accept.busy} data-first-focus onClick={() => void take()}>
          {t(groupMessages.accept)}
        </Button>
      </div>
    </div>
  );
}

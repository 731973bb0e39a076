import type { acceptOffer, ReplyOf } from '@madoguchi/contracts';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { AfterBooking } from '../booking/after-booking.tsx';
import { Booked } from '../booking/booked.tsx';
import { nextDose } from '../booking/next-dose.ts';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { longDay, spokenTime } from '../format/dates.ts';
import type { Problem } from '../gateway/answer.ts';
import type { Verified, WaitingEntry, WaitingPlace } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useEvery } from '../gateway/use-every.ts';
import { useQuery } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { waitingMessages } from '../messages/waiting-messages.ts';
import { JoinForm } from './join-form.tsx';
import { OfferedSeat } from './offered-seat.tsx';
import type { OfferedSeatProps } from './offered-seat.tsx';
import { WaitingCard } from './waiting-card.tsx';

/** How often a kept seat is looked for, ms. */
const POLL_MS = 10_000;

type Stage =
  | { name: 'listing' }
  | { name: 'gone'; problem: Problem }
  | { name: 'joined'; place: WaitingPlace }
  | { name: 'said'; sentence: string }
  | { name: 'booked'; booking: ReplyOf<typeof acceptOffer> };

type WaitingTaskProps = {
  verified: Verified;
  /** The seat that is kept takes the focus when it is shown first. */
  focusOffer: boolean;
  onFinish: () => void;
};

/** What the verified person waits for, the seat that is kept for them, and a new wish. */
export function WaitingTask({ verified, focusOffer, onFinish }: WaitingTaskProps): ReactNode {
  const { t } = useLanguage();
  const [stage, setStage] = useState<Stage>({ name: 'listing' });
  const onAgain = (): void => setStage({ name: 'listing' });
  switch (stage.name) {
    case 'booked':
      return <Booked booking={stage.booking} {...{ onFinish, onAgain }} />;
    case 'said':
      return (
        <div className="stack">
          <Notice tone="good">{stage.sentence}</Notice>
          <AfterBooking again={waitingMessages.toList} {...{ onFinish, onAgain }} />
        </div>
      );
    case 'gone':
      return (
        <div className="stack">
          <ProblemNotice problem={stage.problem} />
          <ReadOut>{t(waitingMessages.offerGoneSentence)}</ReadOut>
          <AfterBooking again={waitingMessages.toList} {...{ onFinish, onAgain }} />
        </div>
      );
    case 'joined':
      return (
        <Joined
          place={stage.place}
          residentId={verified.residentId}
          {...{ onFinish, onAgain }}
          onGone={(problem) => setStage({ name: 'gone', problem })}
          onBooked={(booking) => setStage({ name: 'booked', booking })}
          onDeclined={(stays) =>
            setStage(
              stays
                ? { name: 'joined', place: { ...stage.place, offer: null } }
                : { name: 'said', sentence: t(waitingMessages.leftNow) },
            )
          }
        />
      );
    case 'listing':
      return (
        <WaitingList
          {...{ verified, focusOffer }}
          onGone={(problem) => setStage({ name: 'gone', problem })}
          onBooked={(booking) => setStage({ name: 'booked', booking })}
          onSaid={(message) => setStage({ name: 'said', sentence: t(waitingMessages[message]) })}
          onJoined={(place) => setStage({ name: 'joined', place })}
        />
      );
  }
}

type WaitingListProps = {
  verified: Verified;
  focusOffer: boolean;
  /** The offer that was just answered cannot be had any more. */
  onGone: (problem: Problem) => void;
  onBooked: (booking: ReplyOf<typeof acceptOffer>) => void;
  onSaid: (message: 'leftNow' | 'declined') => void;
  onJoined: (place: WaitingPlace) => void;
};

function WaitingList(props: WaitingListProps): ReactNode {
  const { verified, focusOffer, onGone, onBooked, onSaid, onJoined } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const { residentId } = verified;
  const waiting = useQuery(() => gateway.listWaiting({ residentId }));
  const offer = useQuery(() => gateway.listVenues({}));
  const place = useRef<HTMLDivElement>(null);
  // Each look is in the log: none behind another task.
  useEvery(POLL_MS, () => {
    if (place.current?.checkVisibility() === true) waiting.reload();
  });
  const entries = waiting.value?.entries.toSorted(offeredFirst);
  const gone = useOffersGone(waiting.value?.entries);
  return (
    <div className="stack" ref={place}>
      <ProblemNotice problem={waiting.problem} />
      {gone.map((slot) => (
        <WentOn key={slot.slotId} slot={slot} />
      ))}
      {waiting.asked ? null : <p className="empty">{t(general.loading)}</p>}
      {entries?.length === 0 ? <p className="empty">{t(waitingMessages.noWaiting)}</p> : null}
      {entries?.map((entry) => (
        <WaitingCard
          key={`${entry.entryId} ${entry.offer?.offerId ?? ''}`}
          {...{ residentId, entry, onBooked, onSaid, onGone }}
          // The next offer comes while somebody may be typing: Enter must not book it unseen.
          focusOffer={focusOffer && gone.length === 0}
          venues={offer.value}
        />
      ))}
      <JoinForm
        {...{ residentId, onJoined }}
        offer={offer.value}
        doseNumber={nextDose(verified) ?? 1}
      />
    </div>
  );
}

type KeptSlot = NonNullable<WaitingEntry['offer']>['slot'];

/**
 * Seats that were kept when the list was looked at before and are no more: an offer that ends under the eyes of
 * who is on the telephone does not vanish without a word.
 */
function useOffersGone(entries: readonly WaitingEntry[] | undefined) {
  const now = entries?.flatMap(({ offer }) => (offer ? [offer.slot] : []));
  const [seen, setSeen] = useState<readonly KeptSlot[]>([]);
  const more = now?.filter(({ slotId }) => !seen.some((one) => one.slotId === slotId)) ?? [];
  if (more.length > 0) setSeen([...seen, ...more]);
  return seen.filter(({ slotId }) => now?.every((one) => one.slotId !== slotId));
}

function WentOn({ slot }: { slot: KeptSlot }): ReactNode {
  const { language, t } = useLanguage();
  return (
    <Notice tone="warn">
      {t(waitingMessages.offerWentOn, {
        date: longDay(slot.date, language),
        time: spokenTime(slot.startsAt, language),
        venue: slot.venueName[language],
      })}
    </Notice>
  );
}

/** An open offer stands above all else. */
const offeredFirst = (one: WaitingEntry, other: WaitingEntry): number =>
  Number(Boolean(other.offer)) - Number(Boolean(one.offer));

type JoinedProps = Pick<OfferedSeatProps, 'residentId' | 'onBooked' | 'onDeclined' | 'onGone'> & {
  place: WaitingPlace;
  onFinish: () => void;
  onAgain: () => void;
};

/** The number that who waits says when they call back; a seat that is free already comes first. */
function Joined({ place, onFinish, onAgain, ...answers }: JoinedProps): ReactNode {
  const { t } = useLanguage();
  const { ticketNumber, offer } = place;
  return (
    <div className="stack">
      {offer === null ? null : (
        <OfferedSeat {...answers} offer={offer} focusOffer sentence="freeSentence" />
      )}
      <Notice tone="good">{t(waitingMessages.joined)}</Notice>
      {ticketNumber === null ? null : (
        <>
          <p className="big-number">
            <span>{t(waitingMessages.ticket)}</span>
            <strong className="figures">{ticketNumber}</strong>
          </p>
          {offer === null ? (
            <ReadOut>{t(waitingMessages.joinedSentence, { number: ticketNumber })}</ReadOut>
          ) : null}
        </>
      )}
      {offer === null ? (
        <AfterBooking again={waitingMessages.toList} {...{ onFinish, onAgain }} />
      ) : null}
    </div>
  );
}

import type { acceptOffer, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
import { dayAndTime, longDay, minutesAndSeconds, spokenTime } from '../format/dates.ts';
import { useSeconds } from '../format/use-seconds.ts';
import type { Problem } from '../gateway/answer.ts';
import type { WaitingEntry } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { waitingMessages } from '../messages/waiting-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';

/** Refusals after which the offer is nobody's to take any more. */
const ENDED: readonly Problem['code'][] = ['offer_ended', 'offer_not_found', 'slot_closed'];
/** The last minutes of an offer are counted by the second, s. */
const SHORT = 600;

export type OfferedSeatProps = {
  residentId: string;
  offer: NonNullable<WaitingEntry['offer']>;
  /** Whether it takes the focus; who types in another field keeps it there. */
  focusOffer: boolean;
  /** Whether the seat came free, or was free already when they joined. */
  sentence?: 'offerSentence' | 'freeSentence';
  onBooked: (booking: ReplyOf<typeof acceptOffer>) => void;
  onDeclined: (stays: boolean) => void;
  onGone: (problem: Problem) => void;
};

/** A seat that is kept for a while: taken, or given to the next. */
export function OfferedSeat(props: OfferedSeatProps): ReactNode {
  const { residentId, offer, focusOffer, sentence = 'offerSentence' } = props;
  const { onBooked, onDeclined, onGone } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const accept = useCommand(gateway.acceptOffer);
  const decline = useCommand(gateway.declineOffer);
  const first = useFocusOnMount<HTMLButtonElement>();
  const { offerId, slot, expiresAt } = offer;
  const left = (Date.parse(expiresAt) - useSeconds(true)) / 1000;
  const refused = (problem: Problem): void => {
    if (ENDED.includes(problem.code)) onGone(problem);
  };
  const take = async (): Promise<void> => {
    const answer = await accept.run({ residentId, offerId });
    if (answer?.ok === true) onBooked(answer.value);
    else if (answer !== undefined) refused(answer.problem);
  };
  const pass = async (stay: boolean): Promise<void> => {
    const answer = await decline.run({ residentId, offerId, stay });
    if (answer?.ok === true) onDeclined(stay);
    else if (answer !== undefined) refused(answer.problem);
  };
  const busy = accept.busy || decline.busy;
  return (
    <div className="stack stack--tight">
      <div className="row row--spread">
        <strong>{t(waitingMessages.offerTitle)}</strong>
        <Badge tone={left > SHORT ? 'key' : 'warn'}>
          <span className="figures">
            {t(waitingMessages.offerUntil, { time: dayAndTime(expiresAt, language) })}{' '}
            {left > SHORT ? null : t(waitingMessages.offerLeft, { time: minutesAndSeconds(left) })}
          </span>
        </Badge>
      </div>
      <SlotFacts slot={slot} />
      <ReadOut>
        {t(waitingMessages[sentence], {
          date: longDay(slot.date, language),
          time: spokenTime(slot.startsAt, language),
          venue: slot.venueName[language],
        })}
      </ReadOut>
      <ProblemNotice problem={accept.problem ?? decline.problem} />
      {left > 0 ? null : <Notice tone="warn">{t(waitingMessages.offerRanOut)}</Notice>}
      <div className="row row--end">
        <Button busy={busy} onClick={() => void pass(false)}>
          {t(waitingMessages.declineLeave)}
        </Button>
        <Button busy={busy} onClick={() => void pass(true)}>
          {t(waitingMessages.declineStay)}
        </Button>
        <Button
          {...(focusOffer ? { ref: first } : {})}
          kind="primary"
          hint="Enter"
          busy={busy}
          data-first-focus
          onClick={() => void take()}
        >
          {t(waitingMessages.accept)}
        </Button>
      </div>
    </div>
  );
}

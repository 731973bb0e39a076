import type { bookSlot, holdSlot, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
import { longDay, spokenTime } from '../format/dates.ts';
import { useSeconds } from '../format/use-seconds.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import { HoldClock } from './hold-clock.tsx';

type HeldSlotProps = {
  residentId: string;
  hold: ReplyOf<typeof holdSlot>;
  doseNumber: number;
  onBooked: (booking: ReplyOf<typeof bookSlot>) => void;
  onGivenBack: () => void;
};

/** The held seat, read back to the caller before it is booked. */
export function HeldSlot(props: HeldSlotProps): ReactNode {
  const { residentId, hold, doseNumber, onBooked, onGivenBack } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const book = useCommand(gateway.bookSlot);
  const release = useCommand(gateway.releaseHold);
  const first = useFocusOnMount<HTMLButtonElement>();
  const now = useSeconds(true);
  const left = (Date.parse(hold.expiresAt) - now) / 1000;
  const { slot } = hold;

  const confirm = async (): Promise<void> => {
    const answer = await book.run({ residentId, doseNumber, holdId: hold.holdId });
    if (answer?.ok === true) onBooked(answer.value);
  };
  const giveBack = async (): Promise<void> => {
    if (book.busy) return;
    // An answer is not waited for: a hold that cannot be released ends by its own time.
    void release.run({ residentId, holdId: hold.holdId });
    onGivenBack();
  };
  return (
    <div
      className="stack read-back"
      onKeyDown={(event) => {
        if (event.key === 'Escape') void giveBack();
      }}
    >
      <div className="row row--spread">
        <h3 className="read-back__title">{t(bookingMessages.readBack)}</h3>
        <HoldClock left={left} />
      </div>
      <SlotFacts slot={slot} doseNumber={doseNumber} />
      <ReadOut>
        {t(bookingMessages.readBackSentence, {
          date: longDay(slot.date, language),
          time: spokenTime(slot.startsAt, language),
          venue: slot.venueName[language],
          product: slot.productName[language],
          dose: doseNumber,
        })}
      </ReadOut>
      <ProblemNotice problem={book.problem} />
      {left <= 0 ? <Notice tone="warn">{t(bookingMessages.holdExpired)}</Notice> : null}
      <div className="row row--end">
        <Button hint="Esc" onClick={() => void giveBack()}>
          {t(bookingMessages.otherSlot)}
        </Button>
        <Button
          ref={first}
          kind="primary"
          hint="Enter"
          busy={book.busy || left <= 0}
          onClick={() => void confirm()}
        >
          {t(bookingMessages.book)}
        </Button>
      </div>
    </div>
  );
}

import type { bookSlot, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import { ReadBack } from '../design/read-back.tsx';
import { longDay, spokenTime } from '../format/dates.ts';
import { useSeconds } from '../format/use-seconds.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import { HoldClock, isHoldEnded } from './hold-clock.tsx';
import type { Held } from './hold-first.tsx';

type HeldSlotProps = Held & {
  residentId: string;
  onBooked: (booking: ReplyOf<typeof bookSlot>) => void;
};

/** The held seat, read back to the caller before it is booked. */
export function HeldSlot(props: HeldSlotProps): ReactNode {
  const { residentId, hold, doseNumber, onBooked, onGivenBack, onHoldAgain } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const book = useCommand(gateway.bookSlot);
  const release = useCommand(gateway.releaseHold);
  const now = useSeconds(true);
  const left = (Date.parse(hold.expiresAt) - now) / 1000;
  const { slot } = hold;
  const ended = left <= 0 || isHoldEnded(book.problem);

  const confirm = async (): Promise<void> => {
    const answer = await book.run({ residentId, doseNumber, holdId: hold.holdId });
    if (answer?.ok === true) onBooked(answer.value);
  };
  const giveBack = (): void => {
    if (book.busy) return;
    // An answer is not waited for: a hold that cannot be released ends by its own time.
    void release.run({ residentId, holdId: hold.holdId });
    onGivenBack();
  };
  return (
    <ReadBack
      action={t(ended ? bookingMessages.holdAgain : bookingMessages.book)}
      busy={book.busy}
      onSubmit={() => (ended ? onHoldAgain() : void confirm())}
      back={t(bookingMessages.otherSlot)}
      onBack={giveBack}
      problem={book.problem}
      aside={<HoldClock left={left} />}
      sentence={t(bookingMessages.readBackSentence, {
        date: longDay(slot.date, language),
        time: spokenTime(slot.startsAt, language),
        venue: slot.venueName[language],
        product: slot.productName[language],
        dose: doseNumber,
      })}
      below={left <= 0 ? <Notice tone="warn">{t(bookingMessages.holdExpired)}</Notice> : null}
    >
      <SlotFacts slot={slot} doseNumber={doseNumber} />
    </ReadBack>
  );
}

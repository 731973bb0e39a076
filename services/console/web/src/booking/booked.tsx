import type { bookSlot, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import { AfterBooking } from './after-booking.tsx';

type BookedProps = {
  booking: ReplyOf<typeof bookSlot>;
  onFinish: () => void;
  onAgain: () => void;
  /** What was done, where it was no new booking. */
  said?: Message;
  /** What comes next beside the end of the call. */
  again?: Message;
  /** More about the seat. */
  children?: ReactNode;
};

export function Booked(props: BookedProps): ReactNode {
  const { booking, onFinish, onAgain, children } = props;
  const { said = bookingMessages.booked, again = bookingMessages.nextBooking } = props;
  const { t } = useLanguage();
  return (
    <div className="stack">
      <Notice tone="good">
        <strong>{t(said)}</strong>
      </Notice>
      <p className="big-number">
        <span>{t(bookingMessages.confirmationNumber)}</span>
        <strong className="figures">{booking.confirmationNumber}</strong>
      </p>
      <SlotFacts slot={booking.slot} />
      {children}
      <ReadOut>{t(bookingMessages.bookedSentence, { number: booking.confirmationNumber })}</ReadOut>
      <AfterBooking {...{ again, onAgain, onFinish }} />
    </div>
  );
}

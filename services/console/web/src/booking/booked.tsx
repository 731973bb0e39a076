import type { bookSlot, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import { AfterBooking } from './after-booking.tsx';

type BookedProps = {
  booking: ReplyOf<typeof bookSlot>;
  onFinish: () => void;
  onAgain: () => void;
  /** More about the seat. */
  children?: ReactNode;
};

export function Booked({ booking, onFinish, onAgain, children }: BookedProps): ReactNode {
  const { t } = useLanguage();
  return (
    <div className="stack">
      <Notice tone="good">
        <strong>{t(bookingMessages.booked)}</strong>
      </Notice>
      <p className="big-number">
        <span>{t(bookingMessages.confirmationNumber)}</span>
        <strong className="figures">{booking.confirmationNumber}</strong>
      </p>
      <SlotFacts slot={booking.slot} />
      {children}
      <ReadOut>{t(bookingMessages.bookedSentence, { number: booking.confirmationNumber })}</ReadOut>
      <AfterBooking again={bookingMessages.nextBooking} {...{ onAgain, onFinish }} />
    </div>
  );
}

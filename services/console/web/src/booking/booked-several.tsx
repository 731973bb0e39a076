import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { longDay } from '../format/dates.ts';
import type { Slot } from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { AfterBooking } from './after-booking.tsx';

export type OneBooked = {
  reservationId: string;
  confirmationNumber: string;
  doseNumber: number;
  slot: Slot;
  /** Whose it is, where there are several people. */
  name?: string;
};

type BookedSeveralProps = {
  title: string;
  bookings: readonly OneBooked[];
  onFinish: () => void;
  onAgain: () => void;
};

/** Several bookings made together, each with its number to be read out. */
export function BookedSeveral(props: BookedSeveralProps): ReactNode {
  const { title, bookings, onFinish, onAgain } = props;
  const { language, t } = useLanguage();
  return (
    <div className="stack">
      <Notice tone="good">
        <strong>{title}</strong>
      </Notice>
      <ul className="booked-list">
        {bookings.map((booking) => (
          <li key={booking.reservationId}>
            <strong className="figures">{booking.confirmationNumber}</strong>
            <span>
              {booking.name === undefined ? null : <span>{booking.name} </span>}
              {t(contextMessages.dose, { number: booking.doseNumber })}{' '}
              {longDay(booking.slot.date, language)} {booking.slot.startsAt}{' '}
              {booking.slot.venueName[language]}
            </span>
          </li>
        ))}
      </ul>
      <ReadOut>
        {t(bookingMessages.bookedSentence, {
          number: bookings.map(({ confirmationNumber }) => confirmationNumber).join('、'),
        })}
      </ReadOut>
      <AfterBooking again={bookingMessages.nextBooking} {...{ onAgain, onFinish }} />
    </div>
  );
}

import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Notice } from '../design/notice.tsx';
import { longDay } from '../format/dates.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { changeMessages } from '../messages/task-messages.ts';
import type { PartyBooking } from './open-booking.ts';

type ChooseBookingProps = {
  bookings: readonly PartyBooking[];
  onMove: (booking: PartyBooking) => void;
  onCancel: (booking: PartyBooking) => void;
};

export function ChooseBooking({ bookings, onMove, onCancel }: ChooseBookingProps): ReactNode {
  const { language, t } = useLanguage();
  const [chosen, setChosen] = useState(bookings[0]?.reservationId);
  const booking = bookings.find(({ reservationId }) => reservationId === chosen) ?? bookings[0];
  if (booking === undefined) return <Notice>{t(changeMessages.noneOpen)}</Notice>;
  return (
    <div className="stack">
      <Notice tone="key">{t(changeMessages.askFirst)}</Notice>
      <Choices
        label={t(changeMessages.choose)}
        value={booking.reservationId}
        options={bookings.map(({ reservationId, slot, doseNumber, name }) => ({
          value: reservationId,
          label: [
            ...(name === undefined ? [] : [name]),
            longDay(slot.date, language),
            slot.startsAt,
            slot.venueName[language],
            t(contextMessages.dose, { number: doseNumber }),
          ].join(' '),
        }))}
        onChoose={setChosen}
        digits
        column
        focusFirst
      />
      <div className="row row--end">
        <Button kind="danger" onClick={() => onCancel(booking)}>
          {t(changeMessages.cancel)}
        </Button>
        <Button kind="primary" onClick={() => onMove(booking)}>
          {t(changeMessages.change)}
        </Button>
      </div>
    </div>
  );
}

import type { bookSlot, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';

type BookedProps = { booking: ReplyOf<typeof bookSlot>; onFinish: () => void; onAgain: () => void };

export function Booked({ booking, onFinish, onAgain }: BookedProps): ReactNode {
  const { t } = useLanguage();
  const first = useFocusOnMount<HTMLButtonElement>();
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
      <ReadOut>{t(bookingMessages.bookedSentence, { number: booking.confirmationNumber })}</ReadOut>
      <div className="row row--end">
        <Button onClick={onAgain}>{t(bookingMessages.nextBooking)}</Button>
        <Button ref={first} kind="primary" hint={SHORTCUTS.finish.label} onClick={onFinish}>
          {t(bookingMessages.nextFinish)}
        </Button>
      </div>
    </div>
  );
}

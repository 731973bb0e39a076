import type { ReactNode } from 'react';
import { longDay } from '../format/dates.ts';
import type { Slot } from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';

/** A slot in large type, in the order in which it is read back. */
export function SlotFacts({ slot, doseNumber }: { slot: Slot; doseNumber?: number }): ReactNode {
  const { language, t } = useLanguage();
  return (
    <dl className="slot-facts">
      <dt>{t(bookingMessages.day)}</dt>
      <dd className="figures">
        {longDay(slot.date, language)} {slot.startsAt}–{slot.endsAt}
      </dd>
      <dt>{t(bookingMessages.venue)}</dt>
      <dd>
        {slot.venueName[language]}
        <small>({slot.town})</small>
      </dd>
      <dt>{t(bookingMessages.product)}</dt>
      <dd>
        {slot.productName[language]}
        {doseNumber === undefined ? '' : ` ${t(contextMessages.dose, { number: doseNumber })}`}
      </dd>
    </dl>
  );
}

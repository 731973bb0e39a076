import type { ReactNode } from 'react';
import { ReadBack } from '../design/read-back.tsx';
import { longDay, spokenTime } from '../format/dates.ts';
import type { GroupBooking, Slot } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import type { Member } from './members.ts';

type ConfirmGroupProps = {
  coming: readonly Member[];
  slot: Slot;
  /** Minutes within which all of them sit. */
  span: number;
  onBack: () => void;
  onBooked: (bookings: readonly GroupBooking[]) => void;
};

export function ConfirmGroup(props: ConfirmGroupProps): ReactNode {
  const { coming, slot, span, onBack, onBooked } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const book = useCommand(gateway.bookGroup);
  const submit = async (): Promise<void> => {
    const answer = await book.run({
      members: coming.map(({ residentId, doseNumber }) => ({ residentId, doseNumber })),
      slotId: slot.slotId,
      spanMinutes: span,
    });
    if (answer?.ok === true) onBooked(answer.value.bookings);
  };
  return (
    <ReadBack
      action={t(groupMessages.bookAll)}
      busy={book.busy}
      onSubmit={() => void submit()}
      back={t(bookingMessages.otherSlot)}
      onBack={onBack}
      problem={book.problem}
      sentence={t(groupMessages.groupSentence, {
        count: coming.length,
        date: longDay(slot.date, language),
        time: spokenTime(slot.startsAt, language),
        venue: slot.venueName[language],
      })}
    >
      <SlotFacts slot={slot} />
      <ul className="members">
        {coming.map(({ residentId, name, doseNumber }) => (
          <li key={residentId}>
            <strong>{name}</strong>
            <span>{t(contextMessages.dose, { number: doseNumber })}</span>
          </li>
        ))}
      </ul>
    </ReadBack>
  );
}

import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
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
  const first = useFocusOnMount<HTMLButtonElement>();
  const submit = async (): Promise<void> => {
    const answer = await book.run({
      members: coming.map(({ residentId, doseNumber }) => ({ residentId, doseNumber })),
      slotId: slot.slotId,
      spanMinutes: span,
    });
    if (answer?.ok === true) onBooked(answer.value.bookings);
  };
  return (
    <div
      className="stack read-back"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack();
      }}
    >
      <h3 className="read-back__title">{t(bookingMessages.readBack)}</h3>
      <SlotFacts slot={slot} />
      <ul className="members">
        {coming.map(({ residentId, name, doseNumber }) => (
          <li key={residentId}>
            <strong>{name}</strong>
            <span>{t(contextMessages.dose, { number: doseNumber })}</span>
          </li>
        ))}
      </ul>
      <ReadOut>
        {t(groupMessages.groupSentence, {
          count: coming.length,
          date: longDay(slot.date, language),
          time: spokenTime(slot.startsAt, language),
          venue: slot.venueName[language],
        })}
      </ReadOut>
      <ProblemNotice problem={book.problem} />
      <div className="row row--end">
        <Button hint="Esc" onClick={onBack}>
          {t(bookingMessages.otherSlot)}
        </Button>
        <Button
          ref={first}
          kind="primary"
          hint="Enter"
          busy={book.busy}
          onClick={() => void submit()}
        >
          {t(groupMessages.bookAll)}
        </Button>
      </div>
    </div>
  );
}

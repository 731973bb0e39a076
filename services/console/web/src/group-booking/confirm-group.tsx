import { calendarDate, daysBetween } from '@madoguchi/kernel/calendar-date';
import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import { ReadBack } from '../design/read-back.tsx';
import { longDay, spokenTime } from '../format/dates.ts';
import { problemSentence } from '../gateway/answer.ts';
import type { Problem } from '../gateway/answer.ts';
import type { GroupBooking, Slot } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { isLost, SlotLost } from '../slots/slot-lost.tsx';
import type { AskNear } from '../slots/next-best.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import { groupSearchOf } from './group-criteria.ts';
import type { Member } from './members.ts';

type ConfirmGroupProps = {
  coming: readonly Member[];
  slot: Slot;
  /** Minutes within which all of them sit. */
  span: number;
  onBack: () => void;
  /** The next best slot, where this one was lost. */
  onInstead: (slot: Slot) => void;
  onBooked: (bookings: readonly GroupBooking[]) => void;
};

export function ConfirmGroup(props: ConfirmGroupProps): ReactNode {
  const { coming, slot, span, onBack, onBooked, onInstead } = props;
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
  const askNear: AskNear = async ({ from, to, venueCode = '' }) => {
    const criteria = { venueCode, from, days: daysFrom(from, to), span };
    const answer = await gateway.findGroupSlots(groupSearchOf(coming, criteria));
    return answer.ok ? { ok: true, value: answer.value.visits.map((one) => one.slot) } : answer;
  };
  if (isLost(book.problem))
    return (
      <SlotLost {...{ slot, onBack }} problem={book.problem} ask={askNear} onTake={onInstead} />
    );
  return (
    <ReadBack
      action={t(groupMessages.bookAll)}
      busy={book.busy}
      onSubmit={() => void submit()}
      back={t(bookingMessages.otherSlot)}
      onBack={onBack}
      problem={book.problem}
      sentence={t(span === 0 ? groupMessages.groupSentence : groupMessages.groupSentenceWithin, {
        span,
        count: coming.length,
        date: longDay(slot.date, language),
        time: spokenTime(slot.startsAt, language),
        venue: slot.venueName[language],
      })}
      below={<RefusedMembers problem={book.problem} {...{ coming }} />}
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

/** Days of a range, its last one included. */
const daysFrom = (from: string, to: string): number =>
  daysBetween(calendarDate(from), calendarDate(to)) + 1;

type RefusedMembersProps = { problem: Problem | undefined; coming: readonly Member[] };

/** Whose wish stands in the way, each with the sentence to read out. */
function RefusedMembers({ problem, coming }: RefusedMembersProps): ReactNode {
  const { language } = useLanguage();
  const members = problem?.members ?? [];
  if (problem === undefined || members.length === 0) return null;
  return (
    <Notice tone="warn">
      <ul>
        {members.map(({ residentId, code }) => (
          <li key={residentId}>
            {coming.find((one) => one.residentId === residentId)?.name}:
            {problemSentence({ ...problem, code }, language)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

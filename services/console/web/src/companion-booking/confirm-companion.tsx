import type { ReactNode } from 'react';
import { ReadBack } from '../design/read-back.tsx';
import { longDay, spokenTime } from '../format/dates.ts';
import type { BookedCompanion, CompanionWish } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import type { Member } from '../group-booking/members.ts';
import { companionMessages } from '../messages/companion-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { SlotFacts } from '../slots/slot-facts.tsx';
import type { BookingBeside } from './companion-wish.ts';

type ConfirmCompanionProps = {
  member: Member;
  members: readonly Member[];
  /** Undefined where it is named by a number. */
  beside: BookingBeside | undefined;
  wish: CompanionWish;
  onBooked: (booking: BookedCompanion) => void;
  onBack: () => void;
  /** There is no seat beside: a slot for this person alone. */
  onAlone: () => void;
};

export function ConfirmCompanion(props: ConfirmCompanionProps): ReactNode {
  const { member, members, beside, wish, onBooked, onBack, onAlone } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const book = useCommand(gateway.bookCompanion);
  const none = book.problem?.code === 'no_seat_beside';
  const submit = async (): Promise<void> => {
    const answer = await book.run(wish);
    if (answer?.ok === true) onBooked(answer.value);
  };
  const named =
    beside === undefined
      ? t(companionMessages.besideNumber, { number: wish.besideConfirmationNumber ?? '' })
      : t(companionMessages.besideBooking, {
          name: members.find((one) => one.residentId === beside.residentId)?.name ?? '',
          date: longDay(beside.slot.date, language),
          time: spokenTime(beside.slot.startsAt, language),
        });
  return (
    <ReadBack
      action={t(none ? companionMessages.alone : companionMessages.book)}
      busy={book.busy}
      onSubmit={() => (none ? onAlone() : void submit())}
      back={t(general.back)}
      {...{ onBack }}
      problem={book.problem}
      sentence={t(companionMessages.sentence, {
        beside: named,
        name: member.name,
        dose: member.doseNumber,
      })}
    >
      {beside === undefined ? null : <SlotFacts slot={beside.slot} />}
    </ReadBack>
  );
}

import { useState } from 'react';
import type { ReactNode } from 'react';
import { HoldClock } from '../booking/hold-clock.tsx';
import type { Held } from '../booking/hold-first.tsx';
import { Choices } from '../design/choices.tsx';
import { Notice } from '../design/notice.tsx';
import { ReadBack } from '../design/read-back.tsx';
import { longDay, shortDay, spokenTime } from '../format/dates.ts';
import { useSeconds } from '../format/use-seconds.ts';
import type { PairBooking, PairProposal, Slot } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useQuery } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Language } from '../messages/message.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';

type ChooseSecondProps = Held & {
  residentId: string;
  onBooked: (bookings: readonly PairBooking[]) => void;
};

/** The first seat is held; the second one is proposed by the rule's interval, read back, and both are booked. */
export function ChooseSecond(props: ChooseSecondProps): ReactNode {
  const { residentId, hold, doseNumber, onBooked, onGivenBack, onHoldAgain } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const proposal = useQuery(() =>
    gateway.proposePair({ residentId, doseNumber, slotId: hold.slot.slotId }),
  );
  const book = useCommand(gateway.bookPair);
  const release = useCommand(gateway.releaseHold);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const now = useSeconds(true);
  const left = (Date.parse(hold.expiresAt) - now) / 1000;
  const ended = left <= 0 || book.problem?.code === 'hold_expired';
  const slots = proposal.value?.slots ?? [];
  const second = slots.find(({ slotId }) => slotId === chosen) ?? slots[0];
  const submit = async (): Promise<void> => {
    if (second === undefined) return;
    const answer = await book.run({
      residentId,
      doseNumber,
      holdId: hold.holdId,
      secondSlotId: second.slotId,
    });
    if (answer?.ok === true) onBooked(answer.value.bookings);
    else if (answer !== undefined) {
      // The second slot may have filled meanwhile: the next proposal stands there to be read back.
      setChosen(undefined);
      proposal.reload();
    }
  };
  const giveBack = (): void => {
    if (book.busy) return;
    void release.run({ residentId, holdId: hold.holdId });
    onGivenBack();
  };
  return (
    <ReadBack
      action={t(ended ? bookingMessages.holdAgain : groupMessages.bookPair)}
      busy={book.busy || (second === undefined && !ended)}
      onSubmit={() => (ended ? onHoldAgain() : void submit())}
      back={t(bookingMessages.otherSlot)}
      onBack={giveBack}
      problem={book.problem ?? proposal.problem}
      aside={<HoldClock left={left} />}
      {...(second === undefined
        ? {}
        : {
            sentence: t(
              groupMessages.pairSentence,
              spokenPair(doseNumber, [hold.slot, second], language),
            ),
          })}
      fieldFirst
    >
      <SlotFacts slot={hold.slot} doseNumber={doseNumber} />
      {proposal.value === undefined && proposal.problem === undefined ? (
        <p className="empty">{t(general.loading)}</p>
      ) : null}
      {proposal.value === undefined ? null : (
        <Second
          key={slots[0]?.slotId}
          {...{ doseNumber, second }}
          proposal={proposal.value}
          onChoose={setChosen}
        />
      )}
    </ReadBack>
  );
}

/** Both slots as they are read out. */
const spokenPair = (dose: number, [one, other]: [Slot, Slot], language: Language) => ({
  first: dose,
  second: dose + 1,
  date1: longDay(one.date, language),
  time1: spokenTime(one.startsAt, language),
  venue1: one.venueName[language],
  date2: longDay(other.date, language),
  time2: spokenTime(other.startsAt, language),
  venue2: other.venueName[language],
});

type SecondProps = {
  proposal: PairProposal;
  doseNumber: number;
  second: Slot | undefined;
  onChoose: (slotId: string) => void;
};

function Second({ proposal, doseNumber, second, onChoose }: SecondProps): ReactNode {
  const { language, t } = useLanguage();
  const { slots, standardDate, earliestDate } = proposal;
  const dose = doseNumber + 1;
  if (second === undefined)
    return <Notice tone="warn">{t(groupMessages.noSecond, { dose })}</Notice>;
  return (
    <>
      <p className="soft">
        {t(groupMessages.standardDay, {
          date: shortDay(standardDate, language),
          earliest: shortDay(earliestDate, language),
        })}
      </p>
      <Choices
        label={t(groupMessages.secondDose, { dose })}
        value={second.slotId}
        options={slots.map((slot) => ({
          value: slot.slotId,
          label: `${shortDay(slot.date, language)} ${slot.startsAt} ${slot.venueName[language]}`,
        }))}
        onChoose={onChoose}
        digits
        column
        focusFirst
      />
    </>
  );
}

import type { bookSlot, holdSlot, ReplyOf } from '@madoguchi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Slot, Verified } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { dosesOnOffer } from '../slots/doses-on-offer.ts';
import { SlotFinder } from '../slots/slot-finder.tsx';
import { useSlotSearch } from '../slots/use-slot-search.ts';
import { Booked } from './booked.tsx';
import { HeldSlot } from './held-slot.tsx';
import { nextDose } from './next-dose.ts';

type Hold = ReplyOf<typeof holdSlot>;
type Booking = ReplyOf<typeof bookSlot>;
type Stage =
  | { name: 'finding' }
  | { name: 'held'; hold: Hold; doseNumber: number }
  | { name: 'booked'; booking: Booking };

type SingleBookingProps = { verified: Verified; onFinish: () => void };

/** Waits for what the first proposal follows from; the wait takes the same room. */
export function SingleBooking({ verified, onFinish }: SingleBookingProps): ReactNode {
  const { t } = useLanguage();
  const [round, setRound] = useState(0);
  const proposed = nextDose(verified);
  // Fixed per round: the proposal must not jump while the operator works with it.
  const [dose, setDose] = useState(proposed);
  if (dose === undefined) {
    if (proposed !== undefined) setDose(proposed);
    return <p className="empty">{t(general.loading)}</p>;
  }
  return (
    <BookingRound
      key={round}
      residentId={verified.residentId}
      doseNumber={dose}
      onFinish={onFinish}
      onAgain={() => {
        setDose(nextDose(verified));
        setRound(round + 1);
      }}
    />
  );
}

type BookingRoundProps = {
  residentId: string;
  doseNumber: number;
  onFinish: () => void;
  onAgain: () => void;
};

function BookingRound({ residentId, doseNumber, onFinish, onAgain }: BookingRoundProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const search = useSlotSearch(residentId, doseNumber);
  const hold = useCommand(gateway.holdSlot);
  const [stage, setStage] = useState<Stage>({ name: 'finding' });

  const choose = async (slot: Slot): Promise<void> => {
    const wanted = search.criteria.doseNumber;
    const answer = await hold.run({ residentId, slotId: slot.slotId, doseNumber: wanted });
    if (answer?.ok === true) {
      setStage({ name: 'held', hold: answer.value, doseNumber: wanted });
    } else if (answer !== undefined) {
      // Someone else was faster: show what is left, and keep the sentence above it.
      void search.find();
    }
  };
  switch (stage.name) {
    case 'held':
      return (
        <HeldSlot
          residentId={residentId}
          hold={stage.hold}
          doseNumber={stage.doseNumber}
          onBooked={(booking) => setStage({ name: 'booked', booking })}
          onGivenBack={() => {
            setStage({ name: 'finding' });
            void search.find();
          }}
        />
      );
    case 'booked':
      return <Booked booking={stage.booking} onFinish={onFinish} onAgain={onAgain} />;
    case 'finding':
      return (
        <SlotFinder
          search={search}
          doses={dosesOnOffer(search.offer, search.criteria.doseNumber)}
          hint={t(bookingMessages.resultsHint)}
          problem={hold.problem}
          onChoose={(slot) => void choose(slot)}
        />
      );
  }
}

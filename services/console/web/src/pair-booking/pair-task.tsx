import type { holdSlot, ReplyOf } from '@madoguchi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { BookedSeveral } from '../booking/booked-several.tsx';
import { nextDose } from '../booking/next-dose.ts';
import type { PairBooking, Slot, Verified } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { general } from '../messages/general-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { dosesOnOffer } from '../slots/doses-on-offer.ts';
import { SlotFinder } from '../slots/slot-finder.tsx';
import { useSlotSearch } from '../slots/use-slot-search.ts';
import { ChooseSecond } from './choose-second.tsx';

type Stage =
  | { name: 'finding' }
  | { name: 'held'; hold: ReplyOf<typeof holdSlot>; doseNumber: number }
  | { name: 'booked'; bookings: readonly PairBooking[] };

type PairTaskProps = { verified: Verified; onFinish: () => void };

/** A dose and the one after it, booked together or not at all. */
export function PairTask({ verified, onFinish }: PairTaskProps): ReactNode {
  const { t } = useLanguage();
  const [round, setRound] = useState(0);
  // Fixed when the way is opened: what was booked since must not move the proposal.
  const [dose] = useState(nextDose(verified) ?? 1);
  if (verified.reservations.state === 'loading')
    return <p className="empty">{t(general.loading)}</p>;
  return (
    <PairRound
      key={round}
      residentId={verified.residentId}
      doseNumber={dose}
      onFinish={onFinish}
      onAgain={() => setRound(round + 1)}
    />
  );
}

type PairRoundProps = {
  residentId: string;
  doseNumber: number;
  onFinish: () => void;
  onAgain: () => void;
};

function PairRound({ residentId, doseNumber, onFinish, onAgain }: PairRoundProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const search = useSlotSearch(residentId, doseNumber);
  const hold = useCommand(gateway.holdSlot);
  const [stage, setStage] = useState<Stage>({ name: 'finding' });
  const choose = async (slot: Slot): Promise<void> => {
    const wanted = search.criteria.doseNumber;
    const answer = await hold.run({ residentId, slotId: slot.slotId, doseNumber: wanted });
    if (answer?.ok === true) setStage({ name: 'held', hold: answer.value, doseNumber: wanted });
    else if (answer !== undefined) void search.find();
  };
  switch (stage.name) {
    case 'finding':
      return (
        <SlotFinder
          search={search}
          doses={dosesOnOffer(search.offer, search.criteria.doseNumber)}
          hint={t(groupMessages.pairHint)}
          problem={hold.problem}
          onChoose={(slot) => void choose(slot)}
        />
      );
    case 'held':
      return (
        <ChooseSecond
          residentId={residentId}
          hold={stage.hold}
          doseNumber={stage.doseNumber}
          onBooked={(bookings) => setStage({ name: 'booked', bookings })}
          onGivenBack={() => {
            setStage({ name: 'finding' });
            void search.find();
          }}
        />
      );
    case 'booked':
      return (
        <BookedSeveral
          title={t(groupMessages.pairBooked)}
          bookings={stage.bookings}
          {...{ onFinish, onAgain }}
        />
      );
  }
}

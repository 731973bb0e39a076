import type { holdSlot, ReplyOf } from '@madoguchi/contracts';
import { Fragment, useState } from 'react';
import type { ReactNode } from 'react';
import type { Slot } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { dosesOnOffer } from '../slots/doses-on-offer.ts';
import { askNear } from '../slots/ask-near.ts';
import { SlotFinder } from '../slots/slot-finder.tsx';
import { isLost, SlotLost } from '../slots/slot-lost.tsx';
import { useSlotSearch } from '../slots/use-slot-search.ts';

export type Held = {
  hold: ReplyOf<typeof holdSlot>;
  doseNumber: number;
  /** The same seat once more, after its time ran out. */
  onHoldAgain: () => void;
  onGivenBack: () => void;
};

type HoldFirstProps = {
  residentId: string;
  doseNumber: number;
  hint: string;
  /** What is done with the seat once it is held. */
  children: (held: Held) => ReactNode;
};

/** A slot is found and held for the case; one that somebody else got first leads to the next best. */
export function HoldFirst({ residentId, doseNumber, hint, children }: HoldFirstProps): ReactNode {
  const gateway = useGateway();
  const search = useSlotSearch(residentId, doseNumber);
  const hold = useCommand(gateway.holdSlot);
  const [held, setHeld] = useState<Pick<Held, 'hold' | 'doseNumber'> | undefined>(undefined);
  const [tried, setTried] = useState<Slot | undefined>(undefined);
  const choose = async (slot: Slot): Promise<void> => {
    const wanted = search.criteria.doseNumber;
    const answer = await hold.run({ residentId, slotId: slot.slotId, doseNumber: wanted });
    setTried(slot);
    if (answer?.ok === true) setHeld({ hold: answer.value, doseNumber: wanted });
    else if (answer !== undefined) setHeld(undefined);
  };
  const toSearch = (): void => {
    setHeld(undefined);
    hold.clear();
    void search.findAgain(tried?.slotId);
  };
  if (held !== undefined) {
    const { slot, holdId } = held.hold;
    return (
      <Fragment key={holdId}>
        {children({ ...held, onHoldAgain: () => void choose(slot), onGivenBack: toSearch })}
      </Fragment>
    );
  }
  if (tried !== undefined && isLost(hold.problem))
    return (
      <SlotLost
        key={tried.slotId}
        slot={tried}
        problem={hold.problem}
        ask={askNear(gateway, { ...search.criteria, residentId })}
        busy={hold.busy}
        onTake={(slot) => void choose(slot)}
        onBack={toSearch}
      />
    );
  return (
    <SlotFinder
      search={search}
      doses={dosesOnOffer(search.offer, search.criteria.doseNumber)}
      {...{ hint }}
      problem={hold.problem}
      onChoose={(slot) => void choose(slot)}
    />
  );
}

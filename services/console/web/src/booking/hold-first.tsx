import type { holdSlot, ReplyOf } from '@madoguchi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Slot } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { dosesOnOffer } from '../slots/doses-on-offer.ts';
import { SlotFinder } from '../slots/slot-finder.tsx';
import { useSlotSearch } from '../slots/use-slot-search.ts';

export type Held = {
  hold: ReplyOf<typeof holdSlot>;
  doseNumber: number;
  onGivenBack: () => void;
};

type HoldFirstProps = {
  residentId: string;
  doseNumber: number;
  hint: string;
  /** What is done with the seat once it is held. */
  children: (held: Held) => ReactNode;
};

/** A slot is found and held for the case; given back, the search stands there as it was. */
export function HoldFirst({ residentId, doseNumber, hint, children }: HoldFirstProps): ReactNode {
  const gateway = useGateway();
  const search = useSlotSearch(residentId, doseNumber);
  const hold = useCommand(gateway.holdSlot);
  const [held, setHeld] = useState<Omit<Held, 'onGivenBack'> | undefined>(undefined);
  const choose = async (slot: Slot): Promise<void> => {
    const wanted = search.criteria.doseNumber;
    const answer = await hold.run({ residentId, slotId: slot.slotId, doseNumber: wanted });
    if (answer?.ok === true) setHeld({ hold: answer.value, doseNumber: wanted });
    // Someone else was faster: show what is left, and keep the sentence above it.
    else if (answer !== undefined) void search.find();
  };
  if (held !== undefined) {
    const onGivenBack = (): void => {
      setHeld(undefined);
      void search.find();
    };
    return children({ ...held, onGivenBack });
  }
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

import { useEffect, useState } from 'react';
import type { Problem } from '../gateway/answer.ts';
import type { Offer, SlotsFound } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { firstCriteria, searchOf } from './slot-criteria.ts';
import type { Criteria } from './slot-criteria.ts';

export type SlotSearchState = {
  criteria: Criteria;
  change: (part: Partial<Criteria>) => void;
  offer: Offer | undefined;
  found: SlotsFound | undefined;
  problem: Problem | undefined;
  busy: boolean;
  /** Searches with the present criteria, changed by `part`. */
  find: (part?: Partial<Criteria>) => Promise<void>;
  /** Searches again because the operator comes back from a slot. */
  findAgain: (slotId: string | undefined) => Promise<void>;
  more: () => Promise<void>;
  /** Searches asked for by the operator so far; their results take the focus. */
  asked: number;
  /** The slot that the last search came back from. */
  returnTo: string | undefined;
};

/**
 * Search for free slots for one verified resident; the first search runs by itself.
 * @param movingReservationId the booking that is to be moved: it stands in the way of no other day
 */
export function useSlotSearch(
  residentId: string,
  doseNumber: number,
  movingReservationId?: string,
): SlotSearchState {
  const gateway = useGateway();
  const offer = useQuery(() => gateway.listVenues({}));
  const [criteria, setCriteria] = useState(() => firstCriteria(doseNumber, new Date()));
  const [found, setFound] = useState<SlotsFound | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(0);

  const ask = async (wanted: Criteria, after: SlotsFound | undefined): Promise<void> => {
    setBusy(true);
    const cursor = after?.nextCursor;
    const answer = await gateway.findFreeSlots({
      ...searchOf(residentId, wanted),
      ...(movingReservationId === undefined ? {} : { movingReservationId }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    const earlier = after?.slots ?? [];
    setFound({ ...answer.value, slots: [...earlier, ...answer.value.slots] });
  };
  const [returnTo, setReturnTo] = useState<string | undefined>(undefined);
  const find = async (part: Partial<Criteria> = {}): Promise<void> => {
    const wanted = { ...criteria, ...part };
    setCriteria(wanted);
    await ask(wanted, undefined);
    setReturnTo(undefined);
    setAsked((count) => count + 1);
  };
  const findAgain = async (slotId: string | undefined): Promise<void> => {
    await ask(criteria, undefined);
    setReturnTo(slotId);
    setAsked((count) => count + 1);
  };
  // Another dose is next since a booking was made or cancelled beside this: one chosen by hand stays.
  const [proposed, setProposed] = useState(doseNumber);
  const [proposals, setProposals] = useState(1);
  if (proposed !== doseNumber) {
    setProposed(doseNumber);
    if (criteria.doseNumber === proposed) {
      setCriteria({ ...criteria, doseNumber });
      setProposals(proposals + 1);
    }
  }
  useEffect(() => {
    void ask(criteria, undefined);
    // Once for a proposal: otherwise the operator decides when to search.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [proposals]);
  return {
    criteria,
    change: (part) => setCriteria((before) => ({ ...before, ...part })),
    offer: offer.value,
    found,
    problem: problem ?? offer.problem,
    busy,
    asked,
    returnTo,
    find,
    findAgain,
    more: async () => ask(criteria, found),
  };
}

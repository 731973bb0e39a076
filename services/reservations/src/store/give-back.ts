import type { Transaction } from '@madoguchi/database';
import type { Counted } from '../domain/budget-subjects.ts';
import { countedFor } from '../domain/budget-subjects.ts';
import type { WaitingState } from '../domain/waiting.ts';
import { countUses } from './budget-store.ts';
import type { OfferRow } from './offer-store.ts';
import { endOffer } from './offer-store.ts';
import type { HoldRow } from './hold-store.ts';
import { endHold } from './hold-store.ts';

/**
 * Ends holds that nothing was booked of: their seats come back, and it counts as a seat given back unused.
 * @param given.takenAgain slots of which a seat is taken in the same transaction: it does not come free
 */
export async function giveBackHolds(
  tx: Transaction,
  holds: readonly HoldRow[],
  given: { now: Date; takenAgain: readonly string[] },
): Promise<void> {
  const { now, takenAgain } = given;
  for (const hold of holds) await endHold(tx.query, hold, takenAgain.includes(hold.slotId));
  const counted = holds.flatMap(({ caseId, residentId, heldBy }) =>
    countedFor({ caseId, residentIds: [residentId], actorId: heldBy }),
  );
  await countUses(tx, 'hoarding', { counted, now });
}

/**
 * Ends an offer that its owner does not want. One that was asked for by joining counts as a seat given back
 * unused; whom the list called about a seat may say no as often as they like.
 */
export async function giveBackOffer(
  tx: Transaction,
  offer: OfferRow,
  given: { stay: boolean; now: Date; counted: readonly Counted[] },
): Promise<WaitingState> {
  const { stay, now, counted } = given;
  const next = await endOffer(tx, offer, { state: 'declined', stay, now });
  if (offer.askedFor) await countUses(tx, 'hoarding', { counted, now });
  return next;
}

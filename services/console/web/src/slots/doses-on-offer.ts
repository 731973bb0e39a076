import type { Offer } from '../gateway/contract-types.ts';

/** Dose numbers that any product is offered for, with the one at hand always among them. */
export function dosesOnOffer(offer: Offer | undefined, atHand: number): readonly number[] {
  const offered = (offer?.products ?? []).flatMap(({ doses }) => doses);
  return [...new Set([...offered, atHand])].toSorted((a, b) => a - b);
}

import type { Channel, OFFER_STATES, WAITING_STATES } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import type { Person, Reason } from './eligibility.ts';
import { reasonsAgainst } from './eligibility.ts';
import type { Rulebook } from './rulebook.ts';
import { productsWanted } from './rulebook.ts';
import type { SlotState } from './slot-state.ts';
import { freeFor } from './slot-state.ts';

export type WaitingState = (typeof WAITING_STATES)[number];
export type OfferState = (typeof OFFER_STATES)[number];

/** What an entry becomes when its offer ends without a booking. */
export function afterOffer(
  ended: Exclude<OfferState, 'open' | 'accepted'>,
  entry: { offersMissed: number; stay: boolean },
  offersToMiss: number,
): { state: WaitingState; offersMissed: number; endReason: string | null } {
  const offersMissed = entry.offersMissed + (ended === 'expired' ? 1 : 0);
  if (!entry.stay) return { state: 'left', offersMissed, endReason: null };
  return offersMissed >= offersToMiss
    ? { state: 'ended', offersMissed, endReason: 'offers-missed' }
    : { state: 'waiting', offersMissed, endReason: null };
}

export type SeatsWanted = {
  doseNumber: number;
  from: CalendarDate;
  to: CalendarDate;
  /** Any that is offered, where absent. */
  productCode: string | undefined;
};

/** Seats that an entry is for from a day on; none where that is after its last. */
export const seatsFrom = (
  today: CalendarDate,
  entry: { doseNumber: number; productCode?: string | null | undefined; from: string; to: string },
): SeatsWanted => ({
  doseNumber: entry.doseNumber,
  productCode: entry.productCode ?? undefined,
  from: (entry.from < today ? today : entry.from) as CalendarDate,
  to: entry.to as CalendarDate,
});

const OF_SERVED: readonly Reason['code'][] = ['already_vaccinated', 'already_booked'];

/**
 * Is the dose there that somebody waits for: given, or booked elsewhere? So it is when there is no product and
 * day of the range but those that are refused for it, and those on which nothing is on offer. A dose of the same
 * number against something else serves nobody.
 */
export function isServed(person: Person, wanted: SeatsWanted, rules: Rulebook): boolean {
  const { doseNumber } = wanted;
  let served = false;
  for (const productCode of productsWanted(rules, wanted))
    for (let date = wanted.from; date <= wanted.to; date = addDays(date, 1)) {
      const codes = reasonsAgainst(person, { doseNumber, productCode, date }, rules).map(
        ({ code }) => code,
      );
      if (codes.some((code) => OF_SERVED.includes(code))) served = true;
      else if (!codes.includes('programme_not_active')) return false;
    }
  return served;
}

/** Why waiting is in vain: no day of the range is allowed with any product. The first reason met is told. */
export function reasonAgainstWaiting(
  person: Person,
  wanted: SeatsWanted,
  rules: Rulebook,
): Reason | undefined {
  const products = productsWanted(rules, wanted);
  let first: Reason | undefined;
  for (let date = wanted.from; date <= wanted.to; date = addDays(date, 1)) {
    for (const productCode of products) {
      const { doseNumber } = wanted;
      const [reason] = reasonsAgainst(person, { doseNumber, productCode, date }, rules);
      if (!reason) return undefined;
      first ??= reason;
    }
  }
  return first ?? { code: 'programme_not_active' };
}

/** Could a seat that sits on one channel be kept for somebody of another, without breaking a promise? */
export function maySitOn(slot: SlotState, from: Channel, to: Channel): boolean {
  if (from === to) return true;
  const taken = { ...slot.taken, [from]: slot.taken[from] - 1 };
  return freeFor({ ...slot, taken, held: slot.held - 1 }, to) > 0;
}

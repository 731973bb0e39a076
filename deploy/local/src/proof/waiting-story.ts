import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { askUntilDecided } from './ask-until-decided.ts';
import type { Ending, Telling } from './caller-story.ts';
import type { Caller } from './callers.ts';

/** A slot with few seats, and how it is waited for. */
export type WaitedForSlot = {
  id: string;
  venueCode: string;
  day: string;
  startsAt: string;
  endsAt: string;
};

const LOOK_EVERY_MS = 1_000;
const PATIENCE_MS = 20_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Somebody who wants a seat of a slot that is soon full: who gets one, booked or offered, gives it back after a
 * moment, so that those who wait have something to wait for; who gets none waits, takes what is offered or
 * declines it, or leaves the list when nothing comes.
 */
export async function tellWaitingStory(
  { call }: Telling,
  { residentId, me }: Caller,
  slot: WaitedForSlot,
): Promise<Ending> {
  const keyed = () => ({ ...me, idempotencyKey: newId() });
  const [wanted, bookKey] = [{ residentId, doseNumber: 1, slotId: slot.id }, keyed()];
  const booked = await askUntilDecided(() => call(contract.bookSlot, wanted, bookKey));
  if (!booked) return undefined;
  const giveBack = async (reservationId: string): Promise<Ending> => {
    await pause(LOOK_EVERY_MS);
    const [command, context] = [
      { residentId, reservationId, reason: 'own-wish' as const },
      keyed(),
    ];
    const gone = await askUntilDecided(() => call(contract.cancelReservation, command, context));
    return gone && 'booked';
  };
  if (booked.ok) return giveBack(booked.value.reservationId);
  const { venueCode, day, startsAt: timeFrom, endsAt: timeTo } = slot;
  const place = { venueCode, from: day, to: day, timeFrom, timeTo };
  const [join, joinKey] = [{ residentId, doseNumber: 1, reach: 'web' as const, ...place }, keyed()];
  const joined = await askUntilDecided(() => call(contract.joinWaitingList, join, joinKey));
  if (!joined?.ok) return joined && 'none';
  const patience = Date.now() + PATIENCE_MS;
  while (Date.now() < patience) {
    await pause(LOOK_EVERY_MS);
    const listed = await askUntilDecided(() => call(contract.listWaiting, { residentId }, me));
    if (!listed) return undefined;
    const offer = listed.ok ? listed.value.entries[0]?.offer : undefined;
    if (!offer) continue;
    const { offerId } = offer;
    const context = keyed();
    if (Math.random() < 0.7) {
      const taken = await askUntilDecided(() =>
        call(contract.acceptOffer, { residentId, offerId }, context),
      );
      return taken?.ok ? giveBack(taken.value.reservationId) : taken && 'none';
    }
    const declined = await askUntilDecided(() =>
      call(contract.declineOffer, { residentId, offerId, stay: false }, context),
    );
    return declined && 'none';
  }
  const [leave, leaveKey] = [{ residentId, entryId: joined.value.entryId }, keyed()];
  const left = await askUntilDecided(() => call(contract.leaveWaitingList, leave, leaveKey));
  return left && 'none';
}

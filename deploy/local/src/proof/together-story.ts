import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { askUntilDecided } from './ask-until-decided.ts';
import type { Ending, Telling } from './caller-story.ts';
import type { Caller } from './callers.ts';

const STORIES = ['pair', 'pair-and-cancel', 'family', 'family', 'companion'] as const;
const SPAN_MINUTES = 30;

/** Somebody who books more than one seat: both doses, a family, a companion beside. The grant covers both people. */
export async function tellTogetherStory(
  { call, someSlot }: Telling,
  { residentId, me }: Caller,
  partner: string,
): Promise<Ending> {
  const story = STORIES[Math.floor(Math.random() * STORIES.length)];
  const keyed = () => ({ ...me, idempotencyKey: newId() });
  const slotId = someSlot();
  if (story === 'family') {
    const members = [residentId, partner].map((id) => ({ residentId: id, doseNumber: 1 }));
    const [command, context] = [{ members, slotId, spanMinutes: SPAN_MINUTES }, keyed()];
    const seated = await askUntilDecided(() => call(contract.bookGroup, command, context));
    return seated && (seated.ok ? 'booked' : 'none');
  }
  if (story === 'companion') {
    const [first, firstKey] = [{ residentId, doseNumber: 1, slotId }, keyed()];
    const booked = await askUntilDecided(() => call(contract.bookSlot, first, firstKey));
    if (!booked?.ok) return booked && 'none';
    const { reservationId: besideReservationId } = booked.value;
    const [command, context] = [
      { residentId: partner, doseNumber: 1, besideReservationId },
      keyed(),
    ];
    const beside = await askUntilDecided(() => call(contract.bookCompanion, command, context));
    return beside && 'booked';
  }
  const [command, context] = [{ residentId, slotId }, keyed()];
  const pair = await askUntilDecided(() => call(contract.bookPair, command, context));
  if (!pair?.ok) return pair && 'none';
  if (story === 'pair') return 'booked';
  const [one] = pair.value.bookings;
  const [cancel, cancelKey] = [
    {
      residentId,
      reservationId: one?.reservationId ?? '',
      reason: 'own-wish' as const,
      withFollowing: true,
    },
    keyed(),
  ];
  const gone = await askUntilDecided(() => call(contract.cancelReservation, cancel, cancelKey));
  return gone && 'booked';
}

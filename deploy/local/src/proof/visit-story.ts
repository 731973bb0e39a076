import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { askUntilDecided } from './ask-until-decided.ts';
import type { Ending, Telling } from './caller-story.ts';
import type { Caller } from './callers.ts';

/** Somebody who stands at the venue today without a booking, gets a seat, and is turned back at screening or not. */
export async function tellVisitStory(
  { call }: Telling,
  { residentId, me }: Caller,
  at: { venueCode: string; slotId: string },
): Promise<Ending> {
  const keyed = () => ({ ...me, idempotencyKey: newId() });
  const [wanted, context] = [{ residentId, doseNumber: 1, ...at }, keyed()];
  const seated = await askUntilDecided(() => call(contract.bookWalkIn, wanted, context));
  if (!seated?.ok) return seated && 'none';
  if (Math.random() < 0.5) return 'booked';
  const { confirmationNumber } = seated.value;
  const [mark, markKey] = [
    { venueCode: at.venueCode, outcome: 'turned-back' as const, confirmationNumber },
    keyed(),
  ];
  const marked = await askUntilDecided(() => call(contract.recordAttendance, mark, markKey));
  return marked && 'booked';
}

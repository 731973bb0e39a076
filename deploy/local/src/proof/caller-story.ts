import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { Call } from '@madoguchi/messaging';
import { askUntilDecided } from './ask-until-decided.ts';
import type { Caller } from './callers.ts';

/** What callers do who take one seat each, and how many of a hundred. */
const STORIES = [
  ['book', 60],
  ['hold-and-book', 18],
  ['hold-and-leave', 5],
  ['book-and-change', 7],
  ['book-and-cancel', 10],
] as const;
type Story = (typeof STORIES)[number][0];

function someStory(): Story {
  let left = Math.random() * 100;
  return STORIES.find(([, share]) => (left -= share) < 0)?.[0] ?? 'book';
}

export type Telling = {
  call: Call;
  /** A slot to ask for; another one at each call. */
  someSlot: () => string;
  caseEnded: (caseId: string) => Promise<void>;
};

/** How a caller's story ended; undefined when it was left undecided. */
export type Ending = 'booked' | 'none' | undefined;

const TRIES = 5;
const isFull = (code: string): boolean => code === 'slot_full' || code === 'channel_quota_reached';

/** One caller from first word to last. */
export async function tellStory(
  { call, someSlot, caseEnded }: Telling,
  { residentId, caseId, me }: Caller,
): Promise<Ending> {
  const story = someStory();
  const keyed = () => ({ ...me, idempotencyKey: newId() });
  const taking = async <T>(take: (slotId: string) => Promise<T | 'full' | undefined>) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const taken = await take(someSlot());
      if (taken !== 'full') return taken;
    }
    return 'full' as const;
  };
  const book = async (seat: { slotId: string } | { holdId: string }) => {
    const context = keyed();
    const command = { residentId, doseNumber: 1, ...seat };
    const answer = await askUntilDecided(() => call(contract.bookSlot, command, context));
    if (!answer) return undefined;
    if (answer.ok) return answer.value;
    return isFull(answer.refusal.code) ? 'full' : 'refused';
  };
  const hold = async (slotId: string) => {
    const context = keyed();
    const command = { residentId, slotId, doseNumber: 1 };
    const answer = await askUntilDecided(() => call(contract.holdSlot, command, context));
    if (!answer) return undefined;
    if (answer.ok) return answer.value;
    return isFull(answer.refusal.code) ? 'full' : 'refused';
  };

  if (story === 'hold-and-book' || story === 'hold-and-leave') {
    const held = await taking(hold);
    if (held === undefined || typeof held === 'string') return held && 'none';
    if (story === 'hold-and-leave') {
      await caseEnded(caseId);
      return 'none';
    }
    const booked = await book({ holdId: held.holdId });
    if (booked === undefined) return undefined;
    return typeof booked === 'string' ? 'none' : 'booked';
  }
  const booked = await taking((slotId) => book({ slotId }));
  if (booked === undefined || typeof booked === 'string') return booked && 'none';
  const { reservationId } = booked;
  const context = keyed();
  if (story === 'book-and-change') {
    const command = { residentId, reservationId, slotId: someSlot() };
    if (!(await askUntilDecided(() => call(contract.changeReservation, command, context))))
      return undefined;
  }
  if (story === 'book-and-cancel') {
    const command = { residentId, reservationId, reason: 'own-wish' as const };
    if (!(await askUntilDecided(() => call(contract.cancelReservation, command, context))))
      return undefined;
  }
  return 'booked';
}

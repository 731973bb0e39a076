import { bookSlot } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { Call } from '@madoguchi/messaging';
import type { Caller } from './booking-world.ts';

/** One answer: when it was asked for (milliseconds of the asking process), how long it took, how it ended. */
export type Answered = { sent: number; took: number; code: string };

export async function askForSlot(call: Call, caller: Caller, slotId: string): Promise<Answered> {
  const { residentId, ...me } = caller;
  const sent = performance.now();
  const answer = await call(
    bookSlot,
    { residentId, doseNumber: 1, slotId },
    { ...me, idempotencyKey: newId() },
  );
  const took = performance.now() - sent;
  return { sent, took, code: answer.ok ? 'booked' : answer.refusal.code };
}

/**
 * Sends so many a second whatever comes back; ends when all are answered.
 * @param tickMs how often it looks what is due
 */
export async function openLoop(
  pace: { rate: number; seconds: number; tickMs: number },
  send: () => Promise<Answered> | undefined,
): Promise<Answered[]> {
  const { rate, seconds, tickMs } = pace;
  const answers: Answered[] = [];
  let open = 0;
  const keep = (answer: Answered): void => {
    answers.push(answer);
    open -= 1;
  };
  const start = performance.now();
  const nextTick = () => new Promise((resolve) => setTimeout(resolve, tickMs));
  for (let turn = 0; turn < rate * seconds;) {
    const due = Math.min(rate * seconds, ((performance.now() - start) / 1_000) * rate);
    for (; turn < due; turn += 1) {
      const answer = send();
      if (!answer) continue;
      open += 1;
      void answer.then(keep);
    }
    await nextTick();
  }
  while (open > 0) await nextTick();
  return answers;
}

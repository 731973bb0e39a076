import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { askUntilDecided } from './ask-until-decided.ts';
import type { Telling } from './caller-story.ts';

const EVERY_MS = 1_500;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Cuts, closes, reopens sessions and changes what their channels are promised, until told to stop. */
export async function runDesk(
  { call }: Pick<Telling, 'call'>,
  desk: { actorToken: string; sessions: readonly string[]; seats: number },
  until: { over: boolean },
): Promise<{ done: number; undecided: number }> {
  const outcome = { done: 0, undecided: 0 };
  const work = (sessionId: string, context: { actorToken: string; idempotencyKey: string }) => {
    const reason = 'campaign';
    const dice = Math.random();
    const capacity = Math.ceil(desk.seats * Math.random());
    const cut = { sessionId, capacity, choice: 'worklist' as const, reason };
    const quotas = { phone: 4 - Math.round(dice * 4), web: 2, staff: 0, 'walk-in': 0 };
    const plan = { sessionId, at: new Date().toISOString(), quotas };
    if (dice < 0.35) return askUntilDecided(() => call(contract.changeCapacity, cut, context));
    if (dice < 0.55) {
      const command = { sessionId, reason };
      return askUntilDecided(() => call(contract.closeSession, command, context));
    }
    if (dice < 0.85)
      return askUntilDecided(() => call(contract.reopenSession, { sessionId }, context));
    return askUntilDecided(() => call(contract.planQuotas, plan, context));
  };
  while (!until.over) {
    const sessionId = desk.sessions[Math.floor(Math.random() * desk.sessions.length)] ?? '';
    const { actorToken } = desk;
    const answer = await work(sessionId, { actorToken, idempotencyKey: newId() });
    if (!answer) outcome.undecided += 1;
    else if (answer.ok) outcome.done += 1;
    await pause(EVERY_MS);
  }
  return outcome;
}

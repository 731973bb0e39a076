import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { askUntilDecided } from './ask-until-decided.ts';
import type { Telling } from './caller-story.ts';

const EVERY_MS = 1_500;
/** How many commands more a desk gives that nobody lost a seat to yet: on a loaded machine it comes to few. */
const MORE_AT_MOST = 40;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type Desk = {
  actorToken: string;
  sessions: readonly string[];
  seats: number;
  /** The second person's yes to what a selection names; undefined where it cannot be had now. */
  agree: (selection: string, requestedBy: string) => Promise<string | undefined>;
};

/**
 * Cuts, closes, reopens sessions and changes what their channels are promised, until told to stop and
 * somebody had to be called.
 */
export async function runDesk(
  { call }: Pick<Telling, 'call'>,
  desk: Desk,
  until: { over: boolean },
): Promise<{ takenAway: number; undecided: number }> {
  const outcome = { takenAway: 0, undecided: 0 };
  const agreed = async (change: contract.SessionChange): Promise<{ approvalId?: string }> => {
    const keyed = { actorToken: desk.actorToken, idempotencyKey: newId() };
    const proposed = await call(contract.proposeSessionChange, { change }, keyed);
    if (!proposed.ok) return {};
    const { selection, change: seen } = proposed.value;
    const approvalId = await desk.agree(selection, seen.proposedBy);
    return approvalId === undefined ? {} : { approvalId };
  };
  const work = async (
    sessionId: string,
    context: { actorToken: string; idempotencyKey: string },
  ) => {
    const reason = 'campaign';
    const dice = Math.random();
    if (dice < 0.35) {
      const cut = { sessionId, capacity: Math.ceil(desk.seats * Math.random()), reason };
      const approved = await agreed({ kind: 'change-capacity', ...cut });
      const command = { ...cut, choice: 'worklist' as const, ...approved };
      return askUntilDecided(() => call(contract.changeCapacity, command, context));
    }
    if (dice < 0.55) {
      const closing = { sessionId, reason };
      const approved = await agreed({ kind: 'close-session', ...closing });
      const command = { ...closing, ...approved };
      return askUntilDecided(() => call(contract.closeSession, command, context));
    }
    if (dice < 0.85)
      return askUntilDecided(() => call(contract.reopenSession, { sessionId }, context));
    const quotas = { phone: 4 - Math.round(dice * 4), web: 2, staff: 0, 'walk-in': 0 };
    const plan = { sessionId, at: new Date().toISOString(), quotas };
    return askUntilDecided(() => call(contract.planQuotas, plan, context));
  };
  let more = MORE_AT_MOST;
  while (!until.over || (outcome.takenAway === 0 && more-- > 0)) {
    const sessionId = desk.sessions[Math.floor(Math.random() * desk.sessions.length)] ?? '';
    const { actorToken } = desk;
    const answer = await work(sessionId, { actorToken, idempotencyKey: newId() });
    if (!answer) outcome.undecided += 1;
    else if (answer.ok && 'toBeCalled' in answer.value && answer.value.toBeCalled > 0)
      outcome.takenAway += 1;
    if (!until.over) await pause(EVERY_MS);
  }
  return outcome;
}

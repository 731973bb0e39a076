import { expect } from 'vitest';

/** What crashes, and what can be seen of it. */
type Crashing<Seen> = {
  disarm(): void;
  hadCommitted(): boolean;
  startAgain(): void;
  seen(): Promise<Seen>;
};

const IN_FLIGHT = 'idempotency_in_flight';
const TRIES = 200;

/** How the end of a connection is told: by the server, or by the socket to whoever writes a moment later. */
const ENDED = new Set(['57P01', 'ECONNRESET', 'EPIPE']);

/** Did this come of a crash? Every other fault is a bug. */
export function isOfCrash(error: unknown): boolean {
  const { name = '', code = '', message = '' } = error as Partial<Record<string, string>>;
  return name === 'Crash' || ENDED.has(code) || /terminat|not queryable/i.test(message);
}

/**
 * Sends until there is an answer; a crash on the way leaves all as it was, or all done.
 * @param before undefined where others are at work too
 */
export async function untilAnswered<
  Answer extends { ok: boolean; refusal?: { code: string } },
  Seen,
>(
  real: Crashing<Seen>,
  before: Seen | undefined,
  send: () => Promise<Answer>,
): Promise<{ answer: Answer; committed: boolean }> {
  let committed = false;
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const answer = await send();
      real.disarm();
      if (answer.refusal?.code !== IN_FLIGHT) return { answer, committed };
      await new Promise((resolve) => setTimeout(resolve, 2));
    } catch (error) {
      if (!isOfCrash(error)) throw error;
      committed ||= real.hadCommitted();
      if (before && !committed) expect(await real.seen()).toEqual(before);
      real.startAgain();
    }
  }
  throw new Error('never answered');
}

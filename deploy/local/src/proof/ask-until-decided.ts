import type { Refusal, Result } from '@madoguchi/kernel';

/** Answers after which the same command is sent again under its key, as a person would press again. */
const AGAIN = new Set([
  'messaging_unavailable',
  'dependency_unavailable',
  'deadline_exceeded',
  'overloaded',
  'idempotency_in_flight',
]);

const LIMIT_MS = 120_000;
/** Whoever was put off comes back later and later, as people do. */
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 4_000;

/** Sends a command again until it is done or refused for good; undefined when time ran out. */
export async function askUntilDecided<R extends Result<unknown, Refusal>>(
  send: () => Promise<R>,
): Promise<R | undefined> {
  const deadline = Date.now() + LIMIT_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await send();
    if (answer.ok || !AGAIN.has(answer.refusal.code)) return answer;
    if (Date.now() > deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
  }
}

const TRIES = 3;
const LONGEST_PAUSE_MS = 50;

/** A deadlock or a serialisation failure: PostgreSQL has undone everything, and only the moment was wrong. */
export const isMomentary = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^40(P01|001)$/.test(String(error.code));

/**
 * Does work again that only met a bad moment, three times in all, after a pause of random length. The one
 * place where that is done: below it a deadlock is a fault like any other.
 */
export async function despiteTheMoment<T>(work: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!isMomentary(error) || left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_PAUSE_MS));
    }
  }
}

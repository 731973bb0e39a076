/**
 * Length of a beat in milliseconds: longer than the work of one verification takes, too short to be
 * noticed by a caller.
 */
export const BEAT_MS = 4;

/**
 * Holds an answer back until a whole number of beats after its beginning. One more person to compare
 * takes some microseconds, and who may not be told from an unknown is one more: so all of them wait for
 * the same moment.
 * @param began by `performance.now()`
 */
export async function answerOnTheBeat(began: number): Promise<void> {
  const due = began + Math.ceil((performance.now() - began) / BEAT_MS) * BEAT_MS;
  // Timers count whole milliseconds of their own clock, so they take us near it only.
  const rest = Math.floor(due - performance.now()) - 1;
  if (rest >= 1) await new Promise((resolve) => setTimeout(resolve, rest));
  while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
}

import { describe, expect, it } from 'vitest';
import { answerOnTheBeat, BEAT_MS } from './answer-on-the-beat.ts';

const spinUntil = (end: number): void => {
  while (performance.now() < end);
};

/** Milliseconds that an answer takes whose work takes so long. */
async function took(workMs: number): Promise<number> {
  const began = performance.now();
  spinUntil(began + workMs);
  await answerOnTheBeat(began);
  return performance.now() - began;
}

describe('an answer on the beat', () => {
  it.each([
    [0, 1],
    [0.4, 1],
    [0.7, 1],
    [BEAT_MS - 0.3, 1],
    [BEAT_MS + 0.3, 2],
  ])('of %d ms of work takes %d whole beats, and hardly more', async (workMs, beats) => {
    const times: number[] = [];
    for (let turn = 0; turn < 15; turn += 1) times.push(await took(workMs));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(beats * BEAT_MS);
    // A busy machine may miss a beat; the quickest says what the code does.
    expect(Math.min(...times)).toBeLessThan(beats * BEAT_MS + 0.3);
  });
});

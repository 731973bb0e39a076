import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchJob } from './watch-job.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says a failure at once, then once a minute, and that the job works again', () => {
  const said: unknown[] = [];
  const watch = watchJob('fill', {
    warn: (fields: { failures?: number }) => void said.push(['fails', fields.failures]),
    info: (fields: { failures?: number }) => void said.push(['works', fields.failures]),
  });
  watch.succeeded();
  for (let second = 0; second < 90; second += 1) {
    watch.failed(new Error('away'));
    vi.advanceTimersByTime(1_000);
  }
  watch.succeeded();
  watch.succeeded();
  watch.failed(new Error('away again'));
  expect(said).toEqual([
    ['fails', 1],
    ['fails', 61],
    ['works', 90],
    ['fails', 1],
  ]);
});

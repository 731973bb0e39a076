import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awaitApproval } from './await-approval.ts';

type Answer = Result<string, Refusal>;
const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  said.mockClear();
});

async function outcomeOf(answers: readonly Answer[]) {
  const left = [...answers];
  const act = vi.fn(async () => left.shift() ?? refuse('approval_used'));
  const outcome = awaitApproval(act);
  await vi.runAllTimersAsync();
  return { answer: await outcome, tries: act.mock.calls.length };
}
const onItsWay = refuse('approval_not_here_yet', { retryAfterMs: 1_000 });

describe('a command that needs a second person', () => {
  it('waits for a yes that is on its way, and says so once', async () => {
    const { answer, tries } = await outcomeOf([onItsWay, onItsWay, ok('done')]);
    expect({ answer, tries }).toEqual({ answer: ok('done'), tries: 3 });
    expect(said).toHaveBeenCalledTimes(1);
  });

  it('does not wait for ever', async () => {
    const { answer, tries } = await outcomeOf(Array.from({ length: 20 }, () => onItsWay));
    expect({ answer, tries }).toEqual({ answer: onItsWay, tries: 6 });
  });

  it('takes any other answer at once', async () => {
    const { answer, tries } = await outcomeOf([refuse('approval_required'), ok('done')]);
    expect({ answer, tries }).toEqual({ answer: refuse('approval_required'), tries: 1 });
    expect(said).not.toHaveBeenCalled();
  });
});

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Answer, Problem } from '../gateway/answer.ts';
import { StepUpDialog } from './step-up-dialog.tsx';

type Sent<Value> = Promise<Answer<Value> | undefined>;

type FreshCode = {
  /** Sends, and once more after a fresh code where the answer wants one; refused as it was when none is given. */
  withCode: <Value>(send: () => Sent<Value>) => Sent<Value>;
  /** The dialog that asks for the code, while it does. */
  dialog: ReactNode;
};

/** What may have to wait until somebody has given a fresh code. */
export function useFreshCode(): FreshCode {
  const [asking, setAsking] = useState<{ answer: (given: boolean) => void } | undefined>(undefined);
  const ask = (): Promise<boolean> =>
    new Promise((resolve) => {
      setAsking({
        answer(given) {
          setAsking(undefined);
          resolve(given);
        },
      });
    });
  const withCode: FreshCode['withCode'] = async (send) => {
    const answer = await send();
    const isWanted = answer?.ok === false && wantsCode(answer.problem);
    return isWanted && (await ask()) ? withCode(send) : answer;
  };
  return {
    withCode,
    dialog:
      asking === undefined ? null : (
        <StepUpDialog onDone={() => asking.answer(true)} onClose={() => asking.answer(false)} />
      ),
  };
}

const wantsCode = ({ code }: Problem): boolean => code === 'step_up_required';

/** A problem that is still to be said; that a code is wanted is said by asking for it. */
export const besidesCode = (problem: Problem | undefined): Problem | undefined =>
  problem !== undefined && wantsCode(problem) ? undefined : problem;

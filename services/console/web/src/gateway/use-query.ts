import { useContext, useEffect, useEffectEvent, useState } from 'react';
import type { Answer, Problem } from './answer.ts';
import { SignedInAgain } from './gateway-context.tsx';

export type QueryState<Value> = {
  value: Value | undefined;
  problem: Problem | undefined;
  /** True once an answer has come, whatever it was. */
  asked: boolean;
  reload: () => void;
};

/**
 * Asks when the component appears and at each reload; the last answer stays until the next is here. What an
 * ended session was refused is asked for again after the sign-in.
 */
export function useQuery<Value>(
  ask: () => Promise<Answer<Value>>,
  active = true,
): QueryState<Value> {
  const [value, setValue] = useState<Value | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asked, setAsked] = useState(false);
  const [turn, setTurn] = useState(0);
  const start = useEffectEvent(ask);
  useEffect(() => {
    if (!active) return undefined;
    let wanted = turn >= 0;
    const load = async (): Promise<void> => {
      const answer = await start();
      if (!wanted) return;
      if (answer.ok) setValue(answer.value);
      setProblem(answer.ok ? undefined : answer.problem);
      setAsked(true);
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [turn, active]);
  const again = useContext(SignedInAgain);
  const [signIns, setSignIns] = useState(again);
  if (signIns !== again) {
    setSignIns(again);
    if (problem?.code === 'unauthenticated') setTurn(turn + 1);
  }
  return { value, problem, asked, reload: () => setTurn((n) => n + 1) };
}

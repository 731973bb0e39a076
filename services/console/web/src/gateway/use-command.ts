import { useRef, useState } from 'react';
import { isUndecided } from './answer.ts';
import type { Answer, Problem } from './answer.ts';

export type CommandState<Request, Reply> = {
  /** Sends once; while under way further calls are ignored and give undefined. */
  run: (request: Request) => Promise<Answer<Reply> | undefined>;
  busy: boolean;
  problem: Problem | undefined;
  clear: () => void;
};

/**
 * One command of a screen with its idempotency key. The key stays the same when the same request is
 * sent again after an answer that left open whether it was carried out, so that pressing the button
 * twice can never book twice.
 */
export function useCommand<Request, Reply>(
  send: (request: Request, key: string) => Promise<Answer<Reply>>,
): CommandState<Request, Reply> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const open = useRef<{ body: string; key: string } | undefined>(undefined);
  const underWay = useRef(false);

  const run = async (request: Request): Promise<Answer<Reply> | undefined> => {
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    setProblem(undefined);
    const body = JSON.stringify(request);
    if (open.current?.body !== body) open.current = { body, key: crypto.randomUUID() };
    const answer = await send(request, open.current.key);
    if (answer.ok || !isUndecided(answer.problem)) open.current = undefined;
    if (!answer.ok) setProblem(answer.problem);
    underWay.current = false;
    setBusy(false);
    return answer;
  };
  return { run, busy, problem, clear: () => setProblem(undefined) };
}

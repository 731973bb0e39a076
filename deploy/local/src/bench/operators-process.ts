import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Caller } from './booking-world.ts';
import type { Answered } from './open-loop.ts';

/** What the process of the operators is told at its start. */
export type OperatorsSetUp = {
  natsUrl: string;
  /** Their commands and answers are put here once they leave. */
  recordPath: string;
  callers: Caller[];
  slots: string[];
};
export type OperatorsTold =
  | { setUp: OperatorsSetUp }
  | { rate: number; seconds: number }
  | { leave: true };

const PROGRAM = fileURLToPath(new URL('rush-operators.ts', import.meta.url));

/** Operators who call from a process of their own, with a clock of their own. */
export async function startOperators(setUp: OperatorsSetUp) {
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    detached: true,
  });
  const tell = async (told: OperatorsTold): Promise<unknown> => {
    const answered = once(child, 'message');
    const ended = once(child, 'exit').then(() => {
      throw new Error('the operators’ process ended');
    });
    child.send(told);
    const [answer] = await Promise.race([answered, ended]);
    return answer;
  };
  await tell({ setUp });
  return {
    /** So many commands a second, whatever comes back. */
    call: async (rate: number, seconds: number) => (await tell({ rate, seconds })) as Answered[],
    leave: () => tell({ leave: true }),
  };
}

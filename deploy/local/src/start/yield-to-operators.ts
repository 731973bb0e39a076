import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** By nice(2) a weight of 272 against 1,024: the quarter that containers of the public have in docker-compose.yml. */
const NICENESS = 6;

/**
 * Puts the process of the public behind everything else where there is too little of the machine. Does
 * nothing where the system does not know it or the process has ended.
 */
export function yieldToOperators(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, NICENESS);
    // Linux weighs sessions instead of processes where it groups them (sched(7), "The autogroup feature").
    writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS));
  } catch {
    // Fairness for all is what remains then.
  }
}

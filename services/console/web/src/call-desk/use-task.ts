import type { Purpose } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { WorkItemKind } from '../gateway/contract-types.ts';

export type Task = 'callback' | 'booking' | 'change' | 'reissue' | 'register' | 'finish';

/** Which task a purpose leads to as soon as the caller is verified. */
const FIRST_TASK: Partial<Record<Purpose, Task>> = {
  reservation: 'booking',
  reissue: 'reissue',
  application: 'reissue',
  outreach: 'change',
};

export type TaskChoice = {
  task: Task;
  /** Opens a task; `focus` false leaves the focus where it is. */
  choose: (task: Task, focus?: boolean) => void;
  /** Grows each time the task asks for the focus. */
  focusTurn: number;
};

/** The open task; on verification the one that fits the purpose opens and takes the focus. */
export function useTask(
  verifiedFor: Purpose | undefined,
  outbound: boolean,
  matter: WorkItemKind | undefined,
): TaskChoice {
  const [task, setTask] = useState<Task>(outbound ? 'callback' : 'booking');
  const [seen, setSeen] = useState<Purpose | undefined>(undefined);
  const [focusTurn, setFocusTurn] = useState(0);
  const choose = (next: Task, focus = true): void => {
    setTask(next);
    if (focus) setFocusTurn((turn) => turn + 1);
  };
  if (verifiedFor !== seen) {
    setSeen(verifiedFor);
    const byPurpose = verifiedFor === undefined ? undefined : FIRST_TASK[verifiedFor];
    // A seat kept for who waits is booked, anything else is about a booking they have.
    const first = byPurpose === 'change' && matter === 'waitlist-offer' ? 'booking' : byPurpose;
    if (first !== undefined) choose(first);
  }
  return { task, choose, focusTurn };
}

import type { Purpose, Role } from '@madoguchi/contracts/roles';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { CallbackTask } from '../callbacks/callback-task.tsx';
import type { OwnItem } from '../callbacks/use-own-item.ts';
import { FinishCallback } from '../callbacks/finish-callback.tsx';
import { BookingTask } from '../booking/booking-task.tsx';
import { firstFocusable } from '../design/first-focusable.ts';
import { ChangeTask } from '../change-booking/change-task.tsx';
import { FinishTask } from '../finish-case/finish-task.tsx';
import type { CaseOnDesk, Verified } from '../gateway/contract-types.ts';
import { RegisterTask } from '../register/register-task.tsx';
import { ReissueTask } from '../reissue-ticket/reissue-task.tsx';
import type { DeskConditionsState } from '../verification/use-desk-conditions.ts';
import { FlowGuide, PurposeGuide } from './guides.tsx';
import { TaskTabs } from './task-tabs.tsx';
import type { Task } from './use-task.ts';

type WorkAreaProps = {
  current: CaseOnDesk | undefined;
  verified: Verified | undefined;
  party: readonly Verified[];
  /** The item of the worklist that the case serves. */
  own: OwnItem;
  /** What the supervisor desk has to have first; absent elsewhere. */
  desk: DeskConditionsState | undefined;
  role: Role;
  task: Task;
  focusTurn: number;
  onTask: (task: Task, focus?: boolean) => void;
  /** A number was shown: the callee is verified next. */
  onShown: () => void;
  /** The person was protected and is closed on this desk now. */
  onProtected: () => void;
};

/** Purposes under which a task may act; the services check the same by the grant. */
const PURPOSES_OF_TASK: Record<
  Exclude<Task, 'callback' | 'register' | 'finish'>,
  readonly Purpose[]
> = {
  booking: ['reservation', 'outreach'],
  change: ['reservation', 'outreach'],
  reissue: ['reissue', 'application'],
};

export function WorkArea(props: WorkAreaProps): ReactNode {
  const { verified, task, focusTurn, onTask } = props;
  const body = useRef<HTMLDivElement>(null);
  const served = useRef(0);
  const settled = !isLoading(verified);
  useEffect(() => {
    // Once per turn, and only when the task has what it begins with.
    if (!settled || served.current === focusTurn) return;
    served.current = focusTurn;
    firstFocusable(body.current)?.focus();
  }, [focusTurn, settled]);
  // A task once opened stays as it is behind the others: looking at another loses no held seat.
  const [opened, setOpened] = useState<readonly Task[]>([task]);
  if (!opened.includes(task)) setOpened([...opened, task]);
  return (
    <section className="panel work-area">
      <TaskTabs task={task} onTask={onTask} outbound={props.current?.workItemId !== undefined} />
      <div
        className="panel__body"
        ref={body}
        role="tabpanel"
        id="task-panel"
        aria-labelledby={`task-${task}`}
      >
        {opened.map((name) => (
          <div
            key={`${name} ${verified?.residentId ?? ''}`}
            className="work-area__task"
            hidden={name !== task}
          >
            <TaskBody {...props} task={name} />
          </div>
        ))}
      </div>
    </section>
  );
}

/** Is a part still on its way from which a task takes its first proposal? */
function isLoading(verified: Verified | undefined): boolean {
  if (verified === undefined) return false;
  return [verified.reservations, verified.doses, verified.tickets].some(
    ({ state }) => state === 'loading',
  );
}

function TaskBody(props: Omit<WorkAreaProps, 'focusTurn'>): ReactNode {
  const { current, verified, party, own, desk, role, task, onTask, onProtected } = props;
  if (current === undefined || current.state === 'closed') return <FlowGuide />;
  const { caseId, workItemId } = current;
  const atDesk = current.state === 'referred';
  if (task === 'callback')
    return workItemId === undefined ? null : (
      <CallbackTask {...{ desk }} item={own.item} onShown={props.onShown} />
    );
  if (task === 'finish' && workItemId !== undefined)
    return <FinishCallback {...{ caseId, own }} itemId={workItemId} />;
  if (task === 'finish') return <FinishTask caseId={current.caseId} />;
  if (verified === undefined) return <FlowGuide />;
  if (task === 'register')
    return <RegisterTask {...{ verified, role, onProtected, caseId, atDesk }} />;
  const purposes = PURPOSES_OF_TASK[task];
  if (!purposes.includes(verified.purpose)) return <PurposeGuide purpose={purposes[0]} />;
  const finish = (): void => onTask('finish');
  switch (task) {
    case 'booking':
      return <BookingTask {...{ verified, party, atDesk }} onFinish={finish} />;
    case 'change':
      return <ChangeTask {...{ verified, party }} onFinish={finish} />;
    case 'reissue':
      return <ReissueTask verified={verified} onFinish={finish} />;
  }
}

import type { ReactNode } from 'react';
import { KeyHint } from '../design/key-hint.tsx';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { callMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { registerMessages } from '../messages/register-messages.ts';
import type { Message } from '../messages/message.ts';
import type { Task } from './use-task.ts';

/** What a case of the worklist is served with. */
const OUTBOUND: readonly Task[] = ['callback', 'booking', 'change', 'finish'];
const INBOUND: readonly Task[] = ['booking', 'change', 'reissue', 'register', 'finish'];

const TABS: readonly { task: Task; name: Message }[] = [
  { task: 'callback', name: callbackMessages.task },
  { task: 'booking', name: callMessages.taskBooking },
  { task: 'change', name: callMessages.taskChange },
  { task: 'reissue', name: callMessages.taskReissue },
  { task: 'register', name: registerMessages.task },
  { task: 'finish', name: callMessages.taskFinish },
];

type TaskTabsProps = {
  task: Task;
  outbound: boolean;
  onTask: (task: Task, focus?: boolean) => void;
};

/** Tabs after the ARIA pattern: one tab stop, arrows move, choosing opens. */
export function TaskTabs({ task, outbound, onTask }: TaskTabsProps): ReactNode {
  const offered = outbound ? OUTBOUND : INBOUND;
  const tabs = TABS.filter((tab) => offered.includes(tab.task));
  const { t } = useLanguage();
  const move = (step: number): void => {
    const index = tabs.findIndex((tab) => tab.task === task);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onTask(next.task, false);
    document.getElementById(`task-${next.task}`)?.focus();
  };
  return (
    <div
      className="tabs"
      role="tablist"
      tabIndex={-1}
      aria-label={t(callMessages.tasks)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1);
        if (event.key === 'ArrowLeft') move(-1);
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab.task}
          type="button"
          role="tab"
          id={`task-${tab.task}`}
          className="tab"
          aria-selected={tab.task === task}
          aria-controls="task-panel"
          aria-keyshortcuts={SHORTCUTS[tab.task].aria}
          tabIndex={tab.task === task ? 0 : -1}
          onClick={() => onTask(tab.task)}
        >
          {t(tab.name)}
          <KeyHint>{SHORTCUTS[tab.task].label}</KeyHint>
        </button>
      ))}
    </div>
  );
}

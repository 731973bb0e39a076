import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { firstFocusable } from '../design/first-focusable.ts';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';
import { bookingMessages } from '../messages/task-messages.ts';

type AfterBookingProps = { again: Message; onAgain: () => void; onFinish: () => void };

/** What comes after something is done: once more, or the end of the call. */
export function AfterBooking({ again, onAgain, onFinish }: AfterBookingProps): ReactNode {
  const { t } = useLanguage();
  const first = useFocusOnMount<HTMLButtonElement>();
  return (
    <div className="row row--end">
      <Button
        onClick={(event) => {
          // The button goes with what was done; the focus goes on to what is done next.
          const task = event.currentTarget.closest<HTMLElement>('.work-area__task');
          onAgain();
          requestAnimationFrame(() => firstFocusable(task)?.focus());
        }}
      >
        {t(again)}
      </Button>
      <Button ref={first} kind="primary" hint={SHORTCUTS.finish.label} onClick={onFinish}>
        {t(bookingMessages.nextFinish)}
      </Button>
    </div>
  );
}

import type { ReactNode } from 'react';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';

/** Words to be said to the caller as they stand. */
export function ReadOut({ children }: { children: ReactNode }): ReactNode {
  const { t } = useLanguage();
  return (
    <p className="read-out read-out--large">
      <span className="read-out__tag">{t(bookingMessages.readOut)}</span>
      <span>{children}</span>
    </p>
  );
}

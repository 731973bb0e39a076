import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { minutesAndSeconds } from '../format/dates.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';

/** How long the held seat is kept, s. */
export function HoldClock({ left }: { left: number }): ReactNode {
  const { t } = useLanguage();
  return (
    <span className="row">
      {t(bookingMessages.held)}
      <Badge tone={left > 60 ? 'key' : 'warn'}>
        <span className="figures" role="timer">
          {t(bookingMessages.holdLeft, { time: minutesAndSeconds(left) })}
        </span>
      </Badge>
    </span>
  );
}

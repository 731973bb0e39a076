import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { minutesAndSeconds } from '../format/dates.ts';
import type { Problem } from '../gateway/answer.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { isLost } from '../slots/slot-lost.tsx';

/** The seat is no longer kept: its time ran out, or its slot was lost. */
export const isHoldEnded = (problem: Problem | undefined): boolean =>
  problem?.code === 'hold_expired' || problem?.code === 'hold_not_found' || isLost(problem);

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

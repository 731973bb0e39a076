import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import { CompanionTask } from '../companion-booking/companion-task.tsx';
import { firstFocusable } from '../design/first-focusable.ts';
import type { Verified } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { GroupTask } from '../group-booking/group-task.tsx';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { PairTask } from '../pair-booking/pair-task.tsx';
import { WaitingTask } from '../waiting-list/waiting-task.tsx';
import { SingleBooking } from './single-booking.tsx';

const MODES = ['single', 'pair', 'group', 'waiting', 'companion'] as const;
type Mode = (typeof MODES)[number];

type BookingTaskProps = {
  verified: Verified;
  party: readonly Verified[];
  atDesk: boolean;
  onFinish: () => void;
};

/** The ways to a seat. One that was begun stays as it is behind the others, with the seat it holds. */
export function BookingTask({ verified, party, atDesk, onFinish }: BookingTaskProps): ReactNode {
  const { t } = useLanguage();
  const [mode, setMode] = useState<Mode>('single');
  const [opened, setOpened] = useState<readonly Mode[]>(['single']);
  const { residentId } = verified;
  const gateway = useGateway();
  const waiting = useQuery(() => gateway.listWaiting({ residentId }));
  const [kept, setKept] = useState(false);
  // A seat that is kept for this person is what the call is about, as long as nothing else was begun.
  const offered = waiting.value?.entries.some(({ offer }) => offer !== undefined && offer !== null);
  if (offered === true && !kept && opened.length === 1) {
    setKept(true);
    setMode('waiting');
    setOpened([...opened, 'waiting']);
  }
  // Looked through with the arrows, the ways stay under the focus; chosen by a digit, one is gone on with.
  const [focusTurn, setFocusTurn] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focusTurn > 0)
      firstFocusable(
        body.current?.querySelector<HTMLElement>('.booking__mode:not([hidden])') ?? null,
      )?.focus();
  }, [focusTurn]);
  const choose = (next: Mode): void => {
    setMode(next);
    if (!opened.includes(next)) setOpened([...opened, next]);
  };
  return (
    <div className="booking" ref={body}>
      <Choices
        label={t(groupMessages.mode)}
        quietLabel
        value={mode}
        options={MODES.map((value) => ({ value, label: t(groupMessages[value]) }))}
        onChoose={choose}
        digits
        onChosen={() => setFocusTurn((turn) => turn + 1)}
      />
      {opened.map((name) => (
        <div key={name} className="booking__mode" hidden={name !== mode}>
          {name === 'single' ? <SingleBooking {...{ verified, onFinish }} /> : null}
          {name === 'pair' ? <PairTask {...{ verified, onFinish }} /> : null}
          {name === 'group' ? <GroupTask {...{ verified, party, atDesk, onFinish }} /> : null}
          {name === 'waiting' ? (
            <WaitingTask {...{ verified, onFinish }} focusOffer={kept} />
          ) : null}
          {name === 'companion' ? (
            <CompanionTask {...{ verified, party, atDesk, onFinish }} />
          ) : null}
        </div>
      ))}
    </div>
  );
}

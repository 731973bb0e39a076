import type { bookSlot, ReplyOf } from '@madoguchi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Booked } from '../booking/booked.tsx';
import { HeldSlot } from '../booking/held-slot.tsx';
import { HoldFirst } from '../booking/hold-first.tsx';
import type { BookedCompanion, Verified } from '../gateway/contract-types.ts';
import type { Member } from '../group-booking/members.ts';
import { companionMessages } from '../messages/companion-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { ChooseBeside } from './choose-beside.tsx';
import { ConfirmCompanion } from './confirm-companion.tsx';
import { useCompanionChoice } from './use-companion-choice.ts';

type Booking = ReplyOf<typeof bookSlot>;
type Stage =
  | { name: 'choosing'; again: boolean }
  | { name: 'confirming' | 'alone' }
  | { name: 'beside'; booking: BookedCompanion }
  | { name: 'booked'; booking: Booking };

type CompanionTaskProps = {
  verified: Verified;
  party: readonly Verified[];
  atDesk: boolean;
  onFinish: () => void;
};

/** A seat for one more person beside a booking: of somebody verified here, or one whose number is said. */
export function CompanionTask(props: CompanionTaskProps): ReactNode {
  const { verified, party, atDesk, onFinish } = props;
  const [stage, setStage] = useState<Stage>({ name: 'choosing', again: false });
  const choice = useCompanionChoice([verified, ...party]);
  const { member, members, beside, wish } = choice;
  const onAgain = (): void => {
    setStage({ name: 'choosing', again: true });
    choice.again();
  };
  switch (stage.name) {
    case 'choosing':
      return (
        <ChooseBeside
          {...{ choice }}
          purpose={verified.purpose}
          mayAdd={!atDesk}
          again={stage.again}
          onNext={() => wish !== undefined && setStage({ name: 'confirming' })}
        />
      );
    case 'confirming':
      return wish === undefined ? null : (
        <ConfirmCompanion
          {...{ member, members, beside, wish }}
          onBooked={(made) => setStage({ name: 'beside', booking: made })}
          onBack={() => setStage({ name: 'choosing', again: true })}
          onAlone={() => setStage({ name: 'alone' })}
        />
      );
    case 'alone':
      return (
        <Alone {...{ member }} onBooked={(made) => setStage({ name: 'booked', booking: made })} />
      );
    case 'beside':
      return (
        <Booked booking={stage.booking} {...{ onFinish, onAgain }}>
          <Apart minutes={stage.booking.minutesApart} name={member.name} />
        </Booked>
      );
    case 'booked':
      return <Booked booking={stage.booking} {...{ onFinish, onAgain }} />;
  }
}

type AloneProps = { member: Member; onBooked: (booking: Booking) => void };

/** There is no seat beside: a slot for this person, wherever one is free. */
function Alone({ member, onBooked }: AloneProps): ReactNode {
  const { t } = useLanguage();
  const { residentId, doseNumber } = member;
  return (
    <HoldFirst {...{ residentId, doseNumber }} hint={t(bookingMessages.resultsHint)}>
      {(held) => <HeldSlot {...held} {...{ residentId, onBooked }} />}
    </HoldFirst>
  );
}

/** Whose seat it is, and how far the two lie apart, min. */
function Apart({ minutes, name }: { minutes: number; name: string }): ReactNode {
  const { t } = useLanguage();
  if (minutes === 0) return <p>{t(companionMessages.sameTime, { name })}</p>;
  return (
    <p>
      {minutes > 0
        ? t(companionMessages.minutesAfter, { name, minutes })
        : t(companionMessages.minutesBefore, { name, minutes: -minutes })}
    </p>
  );
}

import { useState } from 'react';
import type { ReactNode } from 'react';
import { AfterBooking } from '../booking/after-booking.tsx';
import { Notice } from '../design/notice.tsx';
import type { Verified } from '../gateway/contract-types.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { changeMessages } from '../messages/task-messages.ts';
import { PartBody } from '../context/part-body.tsx';
import { CancelBooking } from './cancel-booking.tsx';
import { ChooseBooking } from './choose-booking.tsx';
import { MoveBooking } from './move-booking.tsx';
import type { PartyBooking } from './open-booking.ts';
import { partyBookings } from './open-booking.ts';

type Stage =
  | { name: 'choosing' }
  | { name: 'moving' | 'cancelling'; booking: PartyBooking }
  | { name: 'done'; what: 'changed' | 'cancelled' };

type ChangeTaskProps = { verified: Verified; party: readonly Verified[]; onFinish: () => void };

export function ChangeTask({ verified, party, onFinish }: ChangeTaskProps): ReactNode {
  return (
    <PartBody part={verified.reservations}>
      {() => <ChangeStages bookings={partyBookings([verified, ...party])} onFinish={onFinish} />}
    </PartBody>
  );
}

type ChangeStagesProps = { bookings: readonly PartyBooking[]; onFinish: () => void };

function ChangeStages({ bookings, onFinish }: ChangeStagesProps): ReactNode {
  const { t } = useLanguage();
  const [stage, setStage] = useState<Stage>({ name: 'choosing' });
  const back = (): void => setStage({ name: 'choosing' });
  switch (stage.name) {
    case 'choosing':
      return (
        <ChooseBooking
          {...{ bookings }}
          onMove={(booking) => setStage({ name: 'moving', booking })}
          onCancel={(booking) => setStage({ name: 'cancelling', booking })}
        />
      );
    case 'moving':
      return <MoveBooking booking={stage.booking} onBack={back} onFinish={onFinish} />;
    case 'cancelling':
      return (
        <CancelBooking
          booking={stage.booking}
          onBack={back}
          onDone={() => setStage({ name: 'done', what: 'cancelled' })}
        />
      );
    case 'done':
      return (
        <div className="stack">
          <Notice tone="good">
            <strong>{t(changeMessages[stage.what])}</strong>
          </Notice>
          <AfterBooking again={general.back} onAgain={back} onFinish={onFinish} />
        </div>
      );
  }
}

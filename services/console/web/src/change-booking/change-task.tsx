import { useState } from 'react';
import type { ReactNode } from 'react';
import { AfterBooking } from '../booking/after-booking.tsx';
import { Notice } from '../design/notice.tsx';
import type { Reservation, Verified } from '../gateway/contract-types.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { changeMessages } from '../messages/task-messages.ts';
import { PartBody } from '../context/part-body.tsx';
import { CancelBooking } from './cancel-booking.tsx';
import { ChooseBooking } from './choose-booking.tsx';
import { MoveBooking } from './move-booking.tsx';
import type { OpenBooking } from './open-booking.ts';
import { openBookings } from './open-booking.ts';

type Stage =
  | { name: 'choosing' }
  | { name: 'moving' | 'cancelling'; booking: OpenBooking }
  | { name: 'done'; what: 'changed' | 'cancelled' };

type ChangeTaskProps = { verified: Verified; onFinish: () => void };

export function ChangeTask({ verified, onFinish }: ChangeTaskProps): ReactNode {
  return (
    <PartBody part={verified.reservations}>
      {(reservations) => (
        <ChangeStages
          residentId={verified.residentId}
          reservations={reservations}
          onFinish={onFinish}
        />
      )}
    </PartBody>
  );
}

function ChangeStages(props: {
  residentId: string;
  reservations: readonly Reservation[];
  onFinish: () => void;
}): ReactNode {
  const { residentId, reservations, onFinish } = props;
  const { t } = useLanguage();
  const [stage, setStage] = useState<Stage>({ name: 'choosing' });
  const back = (): void => setStage({ name: 'choosing' });
  switch (stage.name) {
    case 'choosing':
      return (
        <ChooseBooking
          bookings={openBookings(reservations)}
          onMove={(booking) => setStage({ name: 'moving', booking })}
          onCancel={(booking) => setStage({ name: 'cancelling', booking })}
        />
      );
    case 'moving':
      return (
        <MoveBooking
          residentId={residentId}
          booking={stage.booking}
          onBack={back}
          onFinish={onFinish}
        />
      );
    case 'cancelling':
      return (
        <CancelBooking
          residentId={residentId}
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

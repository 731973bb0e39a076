import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
import type { Reservation, Verified } from '../gateway/contract-types.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages, changeMessages } from '../messages/task-messages.ts';
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
          <NextSteps onBack={back} onFinish={onFinish} />
        </div>
      );
  }
}

function NextSteps({ onBack, onFinish }: { onBack: () => void; onFinish: () => void }): ReactNode {
  const { t } = useLanguage();
  const first = useFocusOnMount<HTMLButtonElement>();
  return (
    <div className="row row--end">
      <Button onClick={onBack}>{t(general.back)}</Button>
      <Button ref={first} kind="primary" hint="Alt+5" onClick={onFinish}>
        {t(bookingMessages.nextFinish)}
      </Button>
    </div>
  );
}

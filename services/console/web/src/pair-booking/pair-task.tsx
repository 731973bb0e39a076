import { useState } from 'react';
import type { ReactNode } from 'react';
import { BookedSeveral } from '../booking/booked-several.tsx';
import { HoldFirst } from '../booking/hold-first.tsx';
import { nextDose } from '../booking/next-dose.ts';
import { stillStands } from '../booking/still-stands.ts';
import type { PairBooking, Verified } from '../gateway/contract-types.ts';
import { general } from '../messages/general-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { ChooseSecond } from './choose-second.tsx';

type PairTaskProps = { verified: Verified; onFinish: () => void };

/** A dose and the one after it, booked together or not at all. */
export function PairTask({ verified, onFinish }: PairTaskProps): ReactNode {
  const { t } = useLanguage();
  const { residentId } = verified;
  const doseNumber = nextDose(verified) ?? 1;
  const [bookings, setBookings] = useState<readonly PairBooking[] | undefined>(undefined);
  if (verified.reservations.state === 'loading')
    return <p className="empty">{t(general.loading)}</p>;
  if (bookings?.every((one) => stillStands(verified, one)) === false) setBookings(undefined);
  else if (bookings !== undefined)
    return (
      <BookedSeveral
        title={t(groupMessages.pairBooked)}
        bookings={bookings}
        onFinish={onFinish}
        onAgain={() => setBookings(undefined)}
      />
    );
  return (
    <HoldFirst {...{ residentId, doseNumber }} hint={t(groupMessages.pairHint)}>
      {(held) => <ChooseSecond {...held} {...{ residentId }} onBooked={setBookings} />}
    </HoldFirst>
  );
}

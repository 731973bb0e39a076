import type { bookSlot, ReplyOf } from '@madoguchi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Verified } from '../gateway/contract-types.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages } from '../messages/task-messages.ts';
import { Booked } from './booked.tsx';
import { HeldSlot } from './held-slot.tsx';
import { HoldFirst } from './hold-first.tsx';
import { nextDose } from './next-dose.ts';
import { stillStands } from './still-stands.ts';

type SingleBookingProps = { verified: Verified; onFinish: () => void };

/** Waits for what the first proposal follows from; the wait takes the same room. */
export function SingleBooking({ verified, onFinish }: SingleBookingProps): ReactNode {
  const { t } = useLanguage();
  const { residentId } = verified;
  const proposed = nextDose(verified);
  // The last that is known: while a part is asked for again, the search stays.
  const [doseNumber, setDose] = useState(proposed);
  if (proposed !== undefined && proposed !== doseNumber) setDose(proposed);
  const [booking, setBooking] = useState<ReplyOf<typeof bookSlot> | undefined>(undefined);
  if (doseNumber === undefined) return <p className="empty">{t(general.loading)}</p>;
  if (booking !== undefined && !stillStands(verified, booking)) setBooking(undefined);
  else if (booking !== undefined)
    return <Booked booking={booking} onFinish={onFinish} onAgain={() => setBooking(undefined)} />;
  return (
    <HoldFirst {...{ residentId, doseNumber }} hint={t(bookingMessages.resultsHint)}>
      {(held) => <HeldSlot {...held} {...{ residentId }} onBooked={setBooking} />}
    </HoldFirst>
  );
}

import { useState } from 'react';
import type { ReactNode } from 'react';
import { Choices } from '../design/choices.tsx';
import { ReadBack } from '../design/read-back.tsx';
import { longDay, spokenTime } from '../format/dates.ts';
import type { CancelReason } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { cancelReasonNames } from '../messages/names.ts';
import { changeMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import type { PartyBooking } from './open-booking.ts';

type CancelBookingProps = {
  booking: PartyBooking;
  onBack: () => void;
  onDone: () => void;
};

const REASONS = Object.keys(cancelReasonNames) as CancelReason[];

export function CancelBooking({ booking, onBack, onDone }: CancelBookingProps): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const cancel = useCommand(gateway.cancelReservation);
  const [reason, setReason] = useState<CancelReason>('own-wish');
  const { residentId, name, slot, doseNumber, reservationId, expectedVersion } = booking;
  // The dose after it hangs on this one: asked for once more, with that said.
  const following = cancel.problem?.code === 'following_dose_booked';
  const submit = async (): Promise<void> => {
    const answer = await cancel.run({
      residentId,
      reservationId,
      reason,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      ...(following ? { withFollowing: true } : {}),
    });
    if (answer?.ok === true) onDone();
  };
  return (
    <ReadBack
      action={t(following ? changeMessages.cancelBoth : changeMessages.cancelNow)}
      kind="danger"
      busy={cancel.busy}
      onSubmit={() => void submit()}
      back={t(changeMessages.keep)}
      onBack={onBack}
      problem={cancel.problem}
      sentence={t(changeMessages.cancelSentence, {
        date: longDay(slot.date, language),
        time: spokenTime(slot.startsAt, language),
        venue: slot.venueName[language],
      })}
      fieldFirst
    >
      {name === undefined ? null : <strong>{name}</strong>}
      <SlotFacts slot={slot} doseNumber={doseNumber} />
      <Choices
        label={t(changeMessages.cancelReason)}
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(cancelReasonNames[value]) }))}
        onChoose={setReason}
        digits
        focusFirst
      />
    </ReadBack>
  );
}

import type { changeReservation, ReplyOf } from '@madoguchi/contracts';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Booked } from '../booking/booked.tsx';
import { Suggestions } from '../callbacks/suggestions.tsx';
import { firstFocusable } from '../design/first-focusable.ts';
import { ReadBack } from '../design/read-back.tsx';
import { longDay, spokenTime } from '../format/dates.ts';
import type { Slot } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages, changeMessages } from '../messages/task-messages.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import { askNear } from '../slots/ask-near.ts';
import { isLost, SlotLost } from '../slots/slot-lost.tsx';
import { SlotFinder } from '../slots/slot-finder.tsx';
import { useSlotSearch } from '../slots/use-slot-search.ts';
import type { PartyBooking } from './open-booking.ts';

type MoveBookingProps = {
  booking: PartyBooking;
  onBack: () => void;
  onFinish: () => void;
};
type Moved = ReplyOf<typeof changeReservation>;

/** A new slot for a booking: found, read back, then taken while the old one is given up. */
export function MoveBooking({ booking, onBack, onFinish }: MoveBookingProps): ReactNode {
  const { t } = useLanguage();
  const { residentId } = booking;
  const search = useSlotSearch(residentId, booking.doseNumber, booking.reservationId);
  const [slot, setSlot] = useState<Slot | undefined>(undefined);
  const [moved, setMoved] = useState<Moved | undefined>(undefined);
  const finding = slot === undefined && moved === undefined;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (finding) firstFocusable(place.current)?.focus();
  }, [finding]);
  if (moved !== undefined)
    return (
      <Booked
        booking={moved}
        said={changeMessages.changed}
        again={general.back}
        onFinish={onFinish}
        onAgain={onBack}
      />
    );
  if (slot !== undefined) {
    return (
      <ConfirmMove
        key={slot.slotId}
        {...{ booking, slot }}
        onMoved={setMoved}
        onInstead={setSlot}
        onBack={() => {
          setSlot(undefined);
          void search.findAgain(slot.slotId);
        }}
      />
    );
  }
  return (
    <div className="move" ref={place}>
      <Suggestions
        residentId={residentId}
        reservationId={booking.reservationId}
        onChoose={setSlot}
      />
      <SlotFinder
        search={search}
        doses={[booking.doseNumber]}
        fixedDose
        hint={t(bookingMessages.changeHint)}
        problem={undefined}
        onChoose={setSlot}
      />
    </div>
  );
}

type ConfirmMoveProps = {
  booking: PartyBooking;
  slot: Slot;
  onMoved: (moved: Moved) => void;
  /** The next best slot, where this one was lost. */
  onInstead: (slot: Slot) => void;
  onBack: () => void;
};

function ConfirmMove(props: ConfirmMoveProps): ReactNode {
  const { booking, slot, onMoved, onInstead, onBack } = props;
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const change = useCommand(gateway.changeReservation);
  const { residentId, name, reservationId, expectedVersion } = booking;
  const submit = async (): Promise<void> => {
    const answer = await change.run({
      residentId,
      reservationId,
      slotId: slot.slotId,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    });
    if (answer?.ok === true) onMoved(answer.value);
  };
  if (isLost(change.problem))
    return (
      <SlotLost
        {...{ slot, onBack }}
        problem={change.problem}
        ask={askNear(gateway, {
          residentId,
          doseNumber: booking.doseNumber,
          movingReservationId: reservationId,
        })}
        onTake={onInstead}
      />
    );
  return (
    <ReadBack
      action={t(changeMessages.changeNow)}
      busy={change.busy}
      onSubmit={() => void submit()}
      back={t(bookingMessages.otherSlot)}
      onBack={onBack}
      problem={change.problem}
      sentence={t(changeMessages.changeSentence, {
        oldDate: longDay(booking.slot.date, language),
        date: longDay(slot.date, language),
        time: spokenTime(slot.startsAt, language),
        venue: slot.venueName[language],
      })}
    >
      {name === undefined ? null : <strong>{name}</strong>}
      <h4 className="field__label">{t(changeMessages.present)}</h4>
      <SlotFacts slot={booking.slot} />
      <h4 className="field__label">{t(changeMessages.next)}</h4>
      <SlotFacts slot={slot} doseNumber={booking.doseNumber} />
    </ReadBack>
  );
}

import { useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Notice } from '../design/notice.tsx';
import type {
  AttendanceOutcome,
  Offer,
  Part,
  Resident,
  TurnedBackReason,
} from '../gateway/contract-types.ts';
import { birthDateText } from '../context/birth-date-text.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { reservationStateNames, turnedBackReasonNames } from '../messages/names.ts';
import { bookingMessages } from '../messages/task-messages.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { dosesOnOffer } from '../slots/doses-on-offer.ts';
import { SlotFacts } from '../slots/slot-facts.tsx';
import { OutcomeChoices } from './outcome-choices.tsx';
import type { Attendance, Mark, Visitor } from './use-visits.ts';

const REASONS = Object.keys(turnedBackReasonNames) as TurnedBackReason[];

type VisitorCardProps = {
  visitor: Visitor;
  /** Name and birth date, where the visitor was verified by ticket. */
  person: Part<Resident> | undefined;
  offer: Offer | undefined;
  busy: boolean;
  onRecord: (which: Omit<Mark, 'outcome'>, attendance: Attendance) => void;
  onWalkIn: (doseNumber: number) => void;
  onLeave: () => void;
};

/** Who stands there, as far as a venue needs it, and how it went with them. */
export function VisitorCard(props: VisitorCardProps): ReactNode {
  const { visitor, person, onLeave } = props;
  const { t } = useLanguage();
  return (
    <div className="stack">
      {visitor.with === undefined ? null : (
        <Notice tone="key">{t(venueDayMessages.cameWith, { number: visitor.with })}</Notice>
      )}
      {person?.state === 'ready' ? <Name person={person.value} /> : null}
      <Together reservations={visitor.together} />
      {visitor.reservation === undefined ? (
        <WalkIn {...props} />
      ) : (
        <Booked {...props} reservation={visitor.reservation} />
      )}
      <div className="row row--end">
        <Button onClick={onLeave}>{t(venueDayMessages.done)}</Button>
      </div>
    </div>
  );
}

/** Who else comes along, and how it went with them so far. */
function Together({ reservations }: { reservations: Visitor['together'] }): ReactNode {
  const { t } = useLanguage();
  if (reservations.length === 0) return null;
  return (
    <dl className="facts">
      <dt>{t(venueDayMessages.together)}</dt>
      <dd>
        {reservations.map(({ reservationId, confirmationNumber, slot, state }) => (
          <div key={reservationId} className="row figures">
            {slot?.startsAt} <strong>{confirmationNumber}</strong>
            {state === undefined ? null : (
              <Badge tone={state === 'booked' ? 'key' : 'warn'}>
                {t(reservationStateNames[state])}
              </Badge>
            )}
          </div>
        ))}
      </dd>
    </dl>
  );
}

function Name({ person }: { person: Resident }): ReactNode {
  const { language, t } = useLanguage();
  const [now] = useState(() => new Date());
  return (
    <div>
      <p className="person__kana">{person.nameKana ?? ' '}</p>
      <p className="person__kanji">{person.name ?? t(general.notShown)}</p>
      <p className="figures">
        {person.dateOfBirth === undefined ? '' : birthDateText(person.dateOfBirth, language, now)}
      </p>
    </div>
  );
}

type BookedProps = VisitorCardProps & { reservation: NonNullable<Visitor['reservation']> };

function Booked({ reservation, busy, onRecord }: BookedProps): ReactNode {
  const { t } = useLanguage();
  const [outcome, setOutcome] = useState<AttendanceOutcome>('attended');
  const [reason, setReason] = useState<TurnedBackReason>('screening');
  const { confirmationNumber, state, slot, doseNumber, version } = reservation;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy || confirmationNumber === undefined || version === undefined) return;
        onRecord(
          { confirmationNumber, version, startsAt: slot?.startsAt ?? '' },
          outcome === 'turned-back' ? { outcome, reason } : { outcome },
        );
      }}
    >
      <p className="big-number">
        <span>{t(bookingMessages.confirmationNumber)}</span>
        <strong className="figures">{confirmationNumber}</strong>
        {state === undefined ? null : (
          <Badge tone={state === 'booked' ? 'key' : 'warn'}>
            {t(reservationStateNames[state])}
          </Badge>
        )}
      </p>
      {slot === undefined ? null : (
        <SlotFacts slot={slot} {...(doseNumber === undefined ? {} : { doseNumber })} />
      )}
      <OutcomeChoices value={outcome} onChoose={setOutcome} focusFirst />
      {outcome === 'turned-back' ? (
        <Choices
          label={t(venueDayMessages.why)}
          value={reason}
          options={REASONS.map((value) => ({ value, label: t(turnedBackReasonNames[value]) }))}
          onChoose={setReason}
          digits
        />
      ) : null}
      <div className="row row--end">
        <Button type="submit" kind="primary" hint="Enter" busy={busy}>
          {t(venueDayMessages.record)}
        </Button>
      </div>
    </form>
  );
}

function WalkIn({ offer, busy, onWalkIn }: VisitorCardProps): ReactNode {
  const { t } = useLanguage();
  const [dose, setDose] = useState('1');
  const doses = dosesOnOffer(offer, 1);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onWalkIn(Number(dose));
      }}
    >
      <p>{t(venueDayMessages.walkInLead)}</p>
      <Choices
        label={t(venueDayMessages.dose)}
        value={dose}
        options={doses.map((number) => ({
          value: String(number),
          label: t(contextMessages.dose, { number }),
        }))}
        onChoose={setDose}
        digits
        focusFirst
      />
      <div className="row row--end">
        <Button type="submit" kind="primary" hint="Enter" busy={busy}>
          {t(venueDayMessages.bookWalkIn)}
        </Button>
      </div>
    </form>
  );
}

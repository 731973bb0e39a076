import type { Purpose } from '@madoguchi/contracts/roles';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { TextField } from '../design/field.tsx';
import { useFocusOnMore } from '../design/use-focus-on-more.ts';
import { submitOnEnter } from '../design/submit-on-enter.ts';
import { shortDay } from '../format/dates.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { AddMember } from '../group-booking/add-member.tsx';
import { MemberDose } from '../group-booking/member-dose.tsx';
import { companionMessages } from '../messages/companion-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { BirthDateField } from '../verification/birth-date-field.tsx';
import { BY_NUMBER } from './companion-wish.ts';
import type { SaidFault } from './companion-wish.ts';
import type { CompanionChoice } from './use-companion-choice.ts';

const FIELD_OF = {
  number: 'input[name=beside-number]',
  birth: 'input[name=spoken-dateOfBirth]',
} as const satisfies Record<SaidFault['field'], string>;

type ChooseBesideProps = {
  choice: CompanionChoice;
  purpose: Purpose;
  mayAdd: boolean;
  /** Come back to: the focus is on the way forward. */
  again: boolean;
  onNext: () => void;
};

export function ChooseBeside(props: ChooseBesideProps): ReactNode {
  const { choice, purpose, mayAdd, again, onNext } = props;
  const { members, member, booked, fault, setWho, setDose } = choice;
  const [told, setTold] = useState<SaidFault['field'] | undefined>(undefined);
  const beside = choice.beside?.reservationId ?? BY_NUMBER;
  const { t } = useLanguage();
  const gateway = useGateway();
  const offer = useQuery(() => gateway.listVenues({})).value;
  const addFirst = members.length === 1 && booked;
  const next = useFocusOnMore<HTMLButtonElement>(members.length);
  useEffect(() => {
    if (again) next.current?.focus();
  }, [again, next]);
  return (
    <div className="stack">
      <div className="row row--spread">
        <p className="soft">{t(companionMessages.lead)}</p>
        {mayAdd ? <AddMember {...{ purpose }} first={addFirst} /> : null}
      </div>
      <form
        className="stack"
        onKeyDown={submitOnEnter}
        onSubmit={(event) => {
          event.preventDefault();
          setTold(fault?.field);
          if (fault === undefined) onNext();
          else event.currentTarget.querySelector<HTMLInputElement>(FIELD_OF[fault.field])?.focus();
        }}
      >
        <div className="row row--spread row--bottom">
          <Choices
            label={t(companionMessages.who)}
            value={member.residentId}
            options={members.map(({ residentId, name }) => ({ value: residentId, label: name }))}
            onChoose={setWho}
            digits
          />
          <MemberDose {...{ member, offer }} onDose={setDose} />
        </div>
        <BesideChoices {...{ choice, beside }} />
        {beside === BY_NUMBER ? <SaidBooking {...{ choice, told }} first={!addFirst} /> : null}
        <div className="row row--end">
          <Button
            ref={next}
            data-first-focus={beside === BY_NUMBER ? undefined : true}
            type="submit"
            kind="primary"
            hint="Enter"
          >
            {t(companionMessages.next)}
          </Button>
        </div>
      </form>
    </div>
  );
}

type SaidBookingProps = {
  choice: CompanionChoice;
  /** The field in which something was wrong when it was sent. */
  told: SaidFault['field'] | undefined;
  /** The focus begins here. */
  first: boolean;
};

/** Number and birth date of the booking's owner, as the caller says them. */
function SaidBooking({ choice, told, first }: SaidBookingProps): ReactNode {
  const { number, birth, fault, setNumber, setBirth } = choice;
  const { t } = useLanguage();
  // What has been put right since is no fault any more.
  const said = fault?.field === told ? fault : undefined;
  return (
    <div className="row row--bottom">
      <TextField
        label={t(companionMessages.confirmationNumber)}
        value={number}
        onText={setNumber}
        maxLength={60}
        name="beside-number"
        data-first-focus={first ? true : undefined}
        {...(said?.field === 'number'
          ? { note: t(companionMessages[said.message]), tone: 'bad' as const }
          : { note: t(companionMessages.numberHint) })}
      />
      <BirthDateField
        label={t(companionMessages.dateOfBirth)}
        value={birth}
        mark={null}
        onText={setBirth}
        {...(said?.field === 'birth' ? { fault: t(companionMessages[said.message]) } : {})}
      />
    </div>
  );
}

type BesideChoicesProps = { choice: CompanionChoice; beside: string };

/** Bookings of the others of this call, and the way by a number. */
function BesideChoices({ choice, beside }: BesideChoicesProps): ReactNode {
  const { members, bookings, setBeside } = choice;
  const { language, t } = useLanguage();
  const nameOf = (id: string): string => members.find((one) => one.residentId === id)?.name ?? '';
  return (
    <Choices
      label={t(companionMessages.beside)}
      value={beside}
      options={[
        ...bookings.map(({ reservationId, residentId, slot }) => ({
          value: reservationId,
          label: [
            nameOf(residentId),
            shortDay(slot.date, language),
            slot.startsAt,
            slot.venueName[language],
          ].join(' '),
        })),
        { value: BY_NUMBER, label: t(companionMessages.number) },
      ]}
      onChoose={setBeside}
      digits
      column
    />
  );
}

import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import type { Tone } from '../design/badge.tsx';
import { Panel } from '../design/panel.tsx';
import { dayAndTime, shortDay } from '../format/dates.ts';
import type {
  Dose,
  EarlierCase,
  Reservation,
  ReservationState,
  Ticket,
  Verified,
} from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Message } from '../messages/message.ts';
import { afterCallCodeNames, channelNames, reservationStateNames } from '../messages/names.ts';
import { PartBody } from './part-body.tsx';

/** Bookings, doses, tickets and earlier cases: four panels of fixed size. */
export function SidePanels({ verified }: { verified: Verified | undefined }): ReactNode {
  const { t } = useLanguage();
  return (
    <div className="side">
      <Panel title={t(contextMessages.reservations)} place="side__panel" scrolls>
        <PartBody part={verified?.reservations} quiet>
          {(items) => (
            <List items={items} none={contextMessages.noReservation} row={reservationRow} />
          )}
        </PartBody>
      </Panel>
      <Panel title={t(contextMessages.doses)} place="side__panel" scrolls>
        <PartBody part={verified?.doses} quiet>
          {(items) => <List items={items} none={contextMessages.noDose} row={doseRow} />}
        </PartBody>
      </Panel>
      <Panel title={t(contextMessages.tickets)} place="side__panel" scrolls>
        <PartBody part={verified?.tickets} quiet>
          {(items) => <List items={items} none={contextMessages.noTicket} row={ticketRow} />}
        </PartBody>
      </Panel>
      <Panel title={t(contextMessages.earlierCases)} place="side__panel" scrolls>
        <PartBody part={verified?.earlierCases} quiet>
          {(items) => (
            <List items={items} none={contextMessages.noEarlierCase} row={earlierCaseRow} />
          )}
        </PartBody>
      </Panel>
    </div>
  );
}

type Speech = ReturnType<typeof useLanguage>;
type Row = { id: string; main: ReactNode; rest?: ReactNode; state?: { name: string; tone: Tone } };

function List<Item>(props: {
  items: readonly Item[];
  none: Message;
  row: (item: Item, speech: Speech) => Row;
}): ReactNode {
  const speech = useLanguage();
  if (props.items.length === 0) return <p className="empty">{speech.t(props.none)}</p>;
  return (
    <ul className="rows">
      {props.items.map((item) => {
        const { id, main, rest, state } = props.row(item, speech);
        return (
          <li key={id}>
            <span className="rows__main figures">{main}</span>
            {state === undefined ? null : <Badge tone={state.tone}>{state.name}</Badge>}
            {rest === undefined ? null : <span className="rows__rest">{rest}</span>}
          </li>
        );
      })}
    </ul>
  );
}

const RESERVATION_TONES: Record<ReservationState, Tone> = {
  booked: 'key',
  attended: 'good',
  cancelled: 'plain',
  missed: 'warn',
  'turned-back': 'warn',
};

function reservationRow(item: Reservation, { language, t }: Speech): Row {
  const { slot, state, doseNumber, channel, confirmationNumber } = item;
  const dose = doseNumber === undefined ? '' : t(contextMessages.dose, { number: doseNumber });
  return {
    id: item.reservationId ?? '',
    main: slot === undefined ? dose : `${shortDay(slot.date, language)} ${slot.startsAt} ${dose}`,
    rest: [slot?.venueName[language], confirmationNumber, channel && t(channelNames[channel])]
      .filter((text) => text !== undefined)
      .join('・'),
    ...(state === undefined
      ? {}
      : { state: { name: t(reservationStateNames[state]), tone: RESERVATION_TONES[state] } }),
  };
}

function doseRow(item: Dose, { t }: Speech): Row {
  const { doseNumber, vaccinationDate, productName, venueName, lotNumber } = item;
  const lot =
    lotNumber === undefined || lotNumber === null
      ? undefined
      : t(contextMessages.lot, { lot: lotNumber });
  return {
    id: item.doseId ?? '',
    main: `${doseNumber === undefined ? '' : t(contextMessages.dose, { number: doseNumber })} ${vaccinationDate ?? ''}`,
    rest: [productName, venueName, lot].filter((text) => typeof text === 'string').join('・'),
  };
}

const TICKET_STATES: Record<NonNullable<Ticket['state']>, { name: Message; tone: Tone }> = {
  issued: { name: contextMessages.ticketIssued, tone: 'good' },
  used: { name: contextMessages.ticketUsed, tone: 'plain' },
  void: { name: contextMessages.ticketVoid, tone: 'warn' },
};

function ticketRow(item: Ticket, { t }: Speech): Row {
  const { doseNumber, ticketNumber, state } = item;
  const dose = doseNumber === undefined ? '' : t(contextMessages.dose, { number: doseNumber });
  return {
    id: item.ticketId ?? '',
    main: `${dose} ${ticketNumber ?? ''}`,
    ...(state === undefined
      ? {}
      : { state: { name: t(TICKET_STATES[state].name), tone: TICKET_STATES[state].tone } }),
  };
}

function earlierCaseRow(item: EarlierCase, { language, t }: Speech): Row {
  const { caseId, openedAt, afterCallCode } = item;
  return {
    id: caseId ?? openedAt ?? '',
    main: openedAt === undefined ? '' : dayAndTime(openedAt, language),
    ...(afterCallCode === undefined || afterCallCode === null
      ? {}
      : { rest: t(afterCallCodeNames[afterCallCode]) }),
  };
}

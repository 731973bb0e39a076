import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Notice } from '../design/notice.tsx';
import type { ReissueReason } from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { reissueReasonNames } from '../messages/names.ts';
import { reissueMessages } from '../messages/task-messages.ts';
import type { LiveTicket } from './live-ticket.ts';

type ChooseTicketProps = {
  tickets: readonly LiveTicket[];
  onChosen: (ticket: LiveTicket, reason: ReissueReason) => void;
};

const REASONS = Object.keys(reissueReasonNames) as ReissueReason[];

export function ChooseTicket({ tickets, onChosen }: ChooseTicketProps): ReactNode {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState(tickets[0]?.ticketId);
  const [reason, setReason] = useState<ReissueReason>('lost-or-damaged');
  const ticket = tickets.find(({ ticketId }) => ticketId === chosen) ?? tickets[0];
  if (ticket === undefined) return <Notice>{t(reissueMessages.noTicket)}</Notice>;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onChosen(ticket, reason);
      }}
    >
      <Choices
        label={t(reissueMessages.ticket)}
        value={ticket.ticketId}
        options={tickets.map(({ ticketId, ticketNumber, doseNumber }) => ({
          value: ticketId,
          label: `${t(contextMessages.dose, { number: doseNumber })} ${ticketNumber}`,
        }))}
        onChoose={setChosen}
      />
      <Choices
        label={t(reissueMessages.reason)}
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(reissueReasonNames[value]) }))}
        onChoose={setReason}
        digits
        column
        focusFirst
      />
      <div className="row row--end">
        <Button type="submit" kind="primary" hint="Enter">
          {t(reissueMessages.next)}
        </Button>
      </div>
    </form>
  );
}

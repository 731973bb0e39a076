import type { reissueTicket, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { ReadOut } from '../design/read-out.tsx';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
import type { ReissueReason } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { reissueReasonNames } from '../messages/names.ts';
import { bookingMessages, reissueMessages } from '../messages/task-messages.ts';
import { general } from '../messages/general-messages.ts';
import type { LiveTicket } from './live-ticket.ts';

type ConfirmReissueProps = {
  residentId: string;
  ticket: LiveTicket;
  reason: ReissueReason;
  onBack: () => void;
  onDone: (reply: ReplyOf<typeof reissueTicket>) => void;
};

export function ConfirmReissue(props: ConfirmReissueProps): ReactNode {
  const { residentId, ticket, reason, onBack, onDone } = props;
  const { t } = useLanguage();
  const gateway = useGateway();
  const reissue = useCommand(gateway.reissueTicket);
  const first = useFocusOnMount<HTMLButtonElement>();
  const submit = async (): Promise<void> => {
    const answer = await reissue.run({ residentId, ticketId: ticket.ticketId, reason });
    if (answer?.ok === true) onDone(answer.value);
  };
  return (
    <div
      className="stack"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack();
      }}
    >
      <h3 className="read-back__title">{t(bookingMessages.readBack)}</h3>
      <dl className="slot-facts">
        <dt>{t(reissueMessages.ticket)}</dt>
        <dd className="figures">
          {t(contextMessages.dose, { number: ticket.doseNumber })} {ticket.ticketNumber}
        </dd>
        <dt>{t(reissueMessages.reason)}</dt>
        <dd>{t(reissueReasonNames[reason])}</dd>
      </dl>
      <ReadOut>{t(reissueMessages.readBackSentence, { dose: ticket.doseNumber })}</ReadOut>
      <ProblemNotice problem={reissue.problem} />
      <div className="row row--end">
        <Button hint="Esc" onClick={onBack}>
          {t(general.back)}
        </Button>
        <Button
          ref={first}
          kind="primary"
          hint="Enter"
          busy={reissue.busy}
          onClick={() => void submit()}
        >
          {t(reissueMessages.reissue)}
        </Button>
      </div>
    </div>
  );
}

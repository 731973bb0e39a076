import type { reissueTicket, ReplyOf } from '@madoguchi/contracts';
import type { ReactNode } from 'react';
import { ReadBack } from '../design/read-back.tsx';
import type { ReissueReason } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { reissueReasonNames } from '../messages/names.ts';
import { reissueMessages } from '../messages/task-messages.ts';
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
  const submit = async (): Promise<void> => {
    const answer = await reissue.run({ residentId, ticketId: ticket.ticketId, reason });
    if (answer?.ok === true) onDone(answer.value);
  };
  return (
    <ReadBack
      action={t(reissueMessages.reissue)}
      busy={reissue.busy}
      onSubmit={() => void submit()}
      back={t(general.back)}
      onBack={onBack}
      problem={reissue.problem}
      sentence={t(reissueMessages.readBackSentence, { dose: ticket.doseNumber })}
    >
      <dl className="slot-facts">
        <dt>{t(reissueMessages.ticket)}</dt>
        <dd className="figures">
          {t(contextMessages.dose, { number: ticket.doseNumber })} {ticket.ticketNumber}
        </dd>
        <dt>{t(reissueMessages.reason)}</dt>
        <dd>{t(reissueReasonNames[reason])}</dd>
      </dl>
    </ReadBack>
  );
}

import type { reissueTicket, ReplyOf } from '@madoguchi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { PartBody } from '../context/part-body.tsx';
import type { ReissueReason, Verified } from '../gateway/contract-types.ts';
import { ChooseTicket } from './choose-ticket.tsx';
import { ConfirmReissue } from './confirm-reissue.tsx';
import { liveTickets } from './live-ticket.ts';
import type { LiveTicket } from './live-ticket.ts';
import { Reissued } from './reissued.tsx';

type Reply = ReplyOf<typeof reissueTicket>;
type Stage =
  | { name: 'choosing' }
  | { name: 'confirming'; ticket: LiveTicket; reason: ReissueReason }
  | { name: 'done'; reply: Reply };

type ReissueTaskProps = { verified: Verified; onFinish: () => void };

export function ReissueTask({ verified, onFinish }: ReissueTaskProps): ReactNode {
  const [stage, setStage] = useState<Stage>({ name: 'choosing' });
  const { residentId } = verified;
  switch (stage.name) {
    case 'choosing':
      return (
        <PartBody part={verified.tickets}>
          {(tickets) => (
            <ChooseTicket
              tickets={liveTickets(tickets)}
              onChosen={(ticket, reason) => setStage({ name: 'confirming', ticket, reason })}
            />
          )}
        </PartBody>
      );
    case 'confirming':
      return (
        <ConfirmReissue
          residentId={residentId}
          ticket={stage.ticket}
          reason={stage.reason}
          onBack={() => setStage({ name: 'choosing' })}
          onDone={(reply) => setStage({ name: 'done', reply })}
        />
      );
    case 'done':
      return <Reissued residentId={residentId} reply={stage.reply} onFinish={onFinish} />;
  }
}

import type { reissueTicket, ReplyOf } from '@madoguchi/contracts';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { useFocusOnMount } from '../design/use-focus-on-mount.ts';
import type { Problem } from '../gateway/answer.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { useLanguage } from '../messages/language.tsx';
import { bookingMessages, reissueMessages } from '../messages/task-messages.ts';

type ReissuedProps = {
  residentId: string;
  reply: ReplyOf<typeof reissueTicket>;
  onFinish: () => void;
};

export function Reissued({ residentId, reply, onFinish }: ReissuedProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const first = useFocusOnMount<HTMLButtonElement>();
  const [busy, setBusy] = useState(false);
  const [address, setAddress] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  // The PDF is in memory only, under an address that names nobody, and goes with this step.
  useEffect(
    () => () => {
      if (address !== undefined) URL.revokeObjectURL(address);
    },
    [address],
  );
  const print = async (): Promise<void> => {
    setBusy(true);
    const answer = await gateway.printTicket({ residentId, ticketId: reply.ticketId });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    const opened = URL.createObjectURL(answer.value);
    setAddress(opened);
    window.open(opened, '_blank');
  };
  return (
    <div className="stack">
      <Notice tone="good">
        <strong>{t(reissueMessages.done)}</strong>
      </Notice>
      <dl className="slot-facts figures">
        <dt>{t(reissueMessages.oldNumber)}</dt>
        <dd>
          <s>{reply.voidedTicketNumber}</s>
        </dd>
        <dt>{t(reissueMessages.newNumber)}</dt>
        <dd>{reply.ticketNumber}</dd>
        <dt>{t(reissueMessages.ocrLine)}</dt>
        <dd>{reply.ocrLine}</dd>
      </dl>
      <ProblemNotice problem={problem} />
      {address === undefined ? null : (
        <Notice>
          {t(reissueMessages.printed)}{' '}
          <a className="link" href={address} download={`${t(reissueMessages.fileName)}.pdf`}>
            {t(reissueMessages.download)}
          </a>
        </Notice>
      )}
      <div className="row row--end">
        <Button ref={first} kind="primary" hint="Enter" busy={busy} onClick={() => void print()}>
          {t(busy ? reissueMessages.printing : reissueMessages.print)}
        </Button>
        <Button hint={SHORTCUTS.finish.label} onClick={onFinish}>
          {t(bookingMessages.nextFinish)}
        </Button>
      </div>
    </div>
  );
}

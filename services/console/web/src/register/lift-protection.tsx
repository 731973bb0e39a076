import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { useLanguage } from '../messages/language.tsx';
import { registerMessages } from '../messages/register-messages.ts';
import { besidesCode, useFreshCode } from '../sign-in/use-fresh-code.tsx';
import { DeskConditions } from '../verification/desk-conditions.tsx';
import { useDeskConditions } from '../verification/use-desk-conditions.ts';

type LiftProtectionProps = { residentId: string; caseId: string };

/** Opens a record again: with a fresh code, a reason, and the approval of a second person for just this. */
export function LiftProtection({ residentId, caseId }: LiftProtectionProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const conditions = useDeskConditions({ kind: 'restriction-removal', caseId });
  const lift = useCommand(gateway.liftRestriction);
  const code = useFreshCode();
  const [done, setDone] = useState(false);
  const { approvalId } = conditions;
  const send = async (): Promise<void> => {
    if (approvalId === undefined) return;
    const request = { residentId, approvalId, reason: conditions.reason.trim() };
    const answer = await code.withCode(() => lift.run(request));
    if (answer?.ok === true) setDone(true);
  };
  return (
    <section className="stack stack--tight" aria-labelledby="lift-title">
      <h3 id="lift-title">{t(registerMessages.liftTitle)}</h3>
      <p className="soft">{t(registerMessages.liftLead)}</p>
      {done ? (
        <Notice tone="good">{t(registerMessages.lifted)}</Notice>
      ) : (
        <>
          <DeskConditions desk={conditions} />
          <ProblemNotice problem={besidesCode(lift.problem)} />
          <div className="row row--end">
            <Button kind="danger" busy={lift.busy || !conditions.ready} onClick={() => void send()}>
              {t(registerMessages.lift)}
            </Button>
          </div>
        </>
      )}
      {code.dialog}
    </section>
  );
}

import { useState } from 'react';
import type { ReactNode } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import { WrittenReason } from '../call-desk/written-reason.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { registerMessages } from '../messages/register-messages.ts';

type ProtectPersonProps = { residentId: string; atDesk: boolean; onProtected: () => void };

/** Closes a record and its household provisionally; asks once, because it acts at once. */
export function ProtectPerson({ residentId, atDesk, onProtected }: ProtectPersonProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const restrict = useCommand(gateway.restrictResident);
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState(false);
  const missing = missingCharacters(reason);
  const send = async (): Promise<void> => {
    const answer = await restrict.run({ residentId, reason: reason.trim() });
    setAsking(false);
    if (answer?.ok !== true) return;
    setDone(true);
    setReason('');
    if (!atDesk) onProtected();
  };
  return (
    <section className="stack stack--tight" aria-labelledby="protect-title">
      <h3 id="protect-title">{t(registerMessages.protectTitle)}</h3>
      <p className="soft">{t(registerMessages.protectLead)}</p>
      <form
        className="register__reason"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === 0) setAsking(true);
        }}
      >
        <WrittenReason value={reason} onText={setReason} data-first-focus />
        <Button type="submit" kind="danger" busy={restrict.busy || missing > 0}>
          {t(registerMessages.protect)}
        </Button>
      </form>
      <ProblemNotice problem={restrict.problem} />
      {done && atDesk ? <Notice tone="good">{t(registerMessages.protected)}</Notice> : null}
      {asking ? (
        <Dialog title={t(registerMessages.protectTitle)} onClose={() => setAsking(false)}>
          <p>{t(registerMessages.protectConfirm)}</p>
          <div className="dialog__actions">
            <Button hint="Esc" onClick={() => setAsking(false)}>
              {t(general.cancel)}
            </Button>
            <Button
              kind="danger"
              hint="Enter"
              data-first-focus
              busy={restrict.busy}
              onClick={() => void send()}
            >
              {t(registerMessages.protect)}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </section>
  );
}

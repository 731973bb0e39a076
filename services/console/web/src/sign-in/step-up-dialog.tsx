import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Problem } from '../gateway/answer.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { general, signInMessages, stepUpMessages } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';

type StepUpDialogProps = { onDone: () => void; onClose: () => void };

/** Asks for a fresh second factor before an action that needs one. */
export function StepUpDialog({ onDone, onClose }: StepUpDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (busy || !/^\d{6}$/.test(code)) return;
    setBusy(true);
    const answer = await gateway.stepUp(code);
    setBusy(false);
    if (answer.ok) {
      onDone();
      return;
    }
    setProblem(answer.problem);
    setCode('');
  };
  return (
    <Dialog title={t(stepUpMessages.title)} onClose={onClose}>
      <p>{t(stepUpMessages.lead)}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={t(signInMessages.code)}
          value={code}
          onText={(text) => setCode(text.trim())}
          inputMode="numeric"
          maxLength={6}
          autoComplete="one-time-code"
          data-first-focus
          note={t(signInMessages.codeNote)}
        />
        <ProblemNotice problem={problem} />
        <div className="dialog__actions">
          <Button hint="Esc" onClick={onClose}>
            {t(general.cancel)}
          </Button>
          <Button type="submit" kind="primary" hint="Enter" busy={busy}>
            {t(stepUpMessages.submit)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

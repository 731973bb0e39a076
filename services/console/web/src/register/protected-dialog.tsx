import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { callMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { registerMessages } from '../messages/register-messages.ts';

type ProtectedDialogProps = { onRefer?: () => void; onClose: () => void };

/** What is left to do once the person on this desk was protected, and so left it. */
export function ProtectedDialog({ onRefer, onClose }: ProtectedDialogProps): ReactNode {
  const { t } = useLanguage();
  return (
    <Dialog title={t(registerMessages.protectedTitle)} onClose={onClose}>
      <p>{t(registerMessages.protectedNext)}</p>
      <div className="dialog__actions">
        <Button hint="Esc" onClick={onClose}>
          {t(general.close)}
        </Button>
        {onRefer === undefined ? null : (
          <Button kind="primary" hint="Enter" data-first-focus onClick={onRefer}>
            {t(callMessages.refer)}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

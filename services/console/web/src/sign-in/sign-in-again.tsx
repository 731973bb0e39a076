import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import type { Session } from '../gateway/gateway.ts';
import { general, signInMessages } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { SignInForm } from './sign-in-form.tsx';

type SignInAgainProps = {
  login: string;
  onSignedIn: (session: Session) => void;
  onOther: () => void;
};

/** Over the workplace when the session has ended: the draft below stays in memory. */
export function SignInAgain({ login, onSignedIn, onOther }: SignInAgainProps): ReactNode {
  const { t } = useLanguage();
  return (
    <Dialog title={t(signInMessages.title)}>
      <p>{t(signInMessages.again)}</p>
      <SignInForm login={login} onSignedIn={onSignedIn} />
      <div className="row row--end">
        <Button kind="quiet" onClick={onOther}>
          {t(general.signOut)}
        </Button>
      </div>
    </Dialog>
  );
}

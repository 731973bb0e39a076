import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import type { Session } from '../gateway/gateway.ts';
import { general, signInMessages } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage({ onSignedIn }: { onSignedIn: (session: Session) => void }): ReactNode {
  const { language, setLanguage, t } = useLanguage();
  return (
    <main className="sign-in">
      <div className="sign-in__card">
        <p className="sign-in__brand">
          <strong>{t(general.product)}</strong>
          <span>
            {t(general.city)} {t(general.centre)}
          </span>
        </p>
        <h1 className="sign-in__title">{t(signInMessages.title)}</h1>
        <SignInForm onSignedIn={onSignedIn} />
        <p className="sign-in__lead">{t(signInMessages.lead)}</p>
      </div>
      <Button
        kind="quiet"
        lang={language === 'ja' ? 'en' : 'ja'}
        onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
      >
        {t(general.otherLanguage)}
      </Button>
    </main>
  );
}

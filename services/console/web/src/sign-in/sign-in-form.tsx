import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Session } from '../gateway/gateway.ts';
import { signInMessages } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { SignInFields } from './sign-in-fields.tsx';
import { useSignIn } from './use-sign-in.ts';

type SignInFormProps = {
  /** Known when the same person signs in again. */
  login?: string;
  onSignedIn: (session: Session) => void;
};

export function SignInForm({ login, onSignedIn }: SignInFormProps): ReactNode {
  const { t } = useLanguage();
  const state = useSignIn(login ?? '', onSignedIn);
  const { typed, type, terminalAsked, problem, busy } = state;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
  }, []);
  return (
    <form
      ref={form}
      className="stack stack--tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void state.submit();
      }}
    >
      <SignInFields state={state} again={login !== undefined} />
      {terminalAsked ? (
        <TextField
          label={t(signInMessages.terminalCode)}
          value={typed.terminalCode}
          onText={(terminalCode) => type({ terminalCode })}
          note={t(signInMessages.terminalNote)}
        />
      ) : null}
      <ProblemNotice problem={problem} />
      <Button type="submit" kind="primary" hint="Enter" wide busy={busy}>
        {t(terminalAsked ? signInMessages.enrol : signInMessages.submit)}
      </Button>
    </form>
  );
}

import type { ReactNode } from 'react';
import { TextField } from '../design/field.tsx';
import { signInMessages } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { isCode } from './use-sign-in.ts';
import type { SignInState } from './use-sign-in.ts';

/** `again`: the login is known and stays, the focus starts at the password. */
export function SignInFields({ state, again }: { state: SignInState; again: boolean }): ReactNode {
  const { t } = useLanguage();
  const { typed, type, tried, problem } = state;
  const first = { 'data-first-focus': true };
  return (
    <>
      <TextField
        label={t(signInMessages.login)}
        value={typed.login}
        onText={(login) => type({ login })}
        readOnly={again}
        autoComplete="username"
        {...(again ? {} : first)}
        {...faultOf(tried && typed.login === '', t(signInMessages.needLogin))}
      />
      <TextField
        label={t(signInMessages.password)}
        type="password"
        value={typed.password}
        onText={(password) => type({ password })}
        autoComplete="current-password"
        {...(again ? first : {})}
        {...faultOf(tried && typed.password === '', t(signInMessages.needPassword))}
      />
      <div className="sign-in__pair">
        <TextField
          label={t(signInMessages.code)}
          value={typed.code}
          onText={(code) => type({ code: code.trim() })}
          inputMode="numeric"
          maxLength={6}
          autoComplete="one-time-code"
          note={t(signInMessages.codeNote)}
          {...faultOf(
            tried && problem === undefined && !isCode(typed.code),
            t(signInMessages.needCode),
          )}
        />
        <TextField
          label={t(signInMessages.extension)}
          value={typed.extension}
          onText={(extension) => type({ extension: extension.trim() })}
          note={t(signInMessages.extensionNote)}
        />
      </div>
    </>
  );
}

function faultOf(wrong: boolean, note: string): { note: string; tone: 'bad' } | object {
  return wrong ? { note, tone: 'bad' } : {};
}

import { useState } from 'react';
import type { Answer, Problem } from '../gateway/answer.ts';
import type { Session } from '../gateway/gateway.ts';
import { useGateway } from '../gateway/gateway-context.tsx';

const EMPTY = { password: '', code: '', extension: '', terminalCode: '' };
export type SignInTyped = typeof EMPTY & { login: string };

export type SignInState = {
  typed: SignInTyped;
  type: (part: Partial<SignInTyped>) => void;
  /** The server asked for an enrolment code. */
  terminalAsked: boolean;
  /** True once the form was sent incomplete: faults may be shown. */
  tried: boolean;
  busy: boolean;
  problem: Problem | undefined;
  submit: () => Promise<void>;
};

export const isCode = (text: string): boolean => /^\d{6}$/.test(text);

/** Sign-in, with the terminal enrolled first where the server asked for that. */
export function useSignIn(known: string, onSignedIn: (session: Session) => void): SignInState {
  const gateway = useGateway();
  const [typed, setTyped] = useState<SignInTyped>({ ...EMPTY, login: known });
  const [terminalAsked, setTerminalAsked] = useState(false);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);

  const send = async (): Promise<Answer<Session>> => {
    const { login, password, code, extension, terminalCode } = typed;
    if (terminalAsked && terminalCode !== '') {
      const enrolled = await gateway.enrolTerminal(terminalCode.trim());
      if (!enrolled.ok) return enrolled;
    }
    return gateway.signIn({ login, password, code, ...(extension === '' ? {} : { extension }) });
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (busy || typed.login === '' || typed.password === '' || !isCode(typed.code)) return;
    setBusy(true);
    const answer = await send();
    setBusy(false);
    if (answer.ok) {
      onSignedIn(answer.value);
      return;
    }
    setProblem(answer.problem);
    if (answer.problem.code === 'terminal_not_enrolled') setTerminalAsked(true);
    // A code counts once: the next try needs a fresh one.
    setTyped((before) => ({ ...before, code: '' }));
  };
  return {
    typed,
    type: (part) => setTyped((before) => ({ ...before, ...part })),
    terminalAsked,
    tried,
    busy,
    problem,
    submit,
  };
}

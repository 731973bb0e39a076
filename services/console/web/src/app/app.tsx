import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Session } from '../gateway/gateway.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { SignInPage } from '../sign-in/sign-in-page.tsx';
import { Workplace } from './workplace.tsx';

type State = { name: 'asking' } | { name: 'signed-out' } | { name: 'signed-in'; session: Session };

/** Sign-in or workplace, as the server says; the browser keeps nothing that could say otherwise. */
export function App(): ReactNode {
  const gateway = useGateway();
  const [state, setState] = useState<State>({ name: 'asking' });
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      const answer = await gateway.session();
      if (!wanted) return;
      setState(answer.ok ? { name: 'signed-in', session: answer.value } : { name: 'signed-out' });
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [gateway]);

  if (state.name === 'asking') return null;
  if (state.name === 'signed-out') {
    return <SignInPage onSignedIn={(session) => setState({ name: 'signed-in', session })} />;
  }
  return (
    <Workplace
      key={state.session.worker.operatorId}
      session={state.session}
      onSignedOut={() => setState({ name: 'signed-out' })}
      onSession={(session) => setState({ name: 'signed-in', session })}
    />
  );
}

import { expect, it, vi } from 'vitest';
import type { Answer } from './answer.ts';
import type { Gateway } from './gateway.ts';
import { withSessionWatch } from './with-session-watch.ts';

const ENDED = { ok: false, problem: { code: 'unauthenticated' } };
const GOOD = { ok: true, value: {} };

/** A gateway whose answers are given by hand, in the order of the questions. */
function byHand() {
  const waiting: ((answer: unknown) => void)[] = [];
  const ask = () =>
    new Promise<Answer<never>>((resolve) => waiting.push(resolve as (answer: unknown) => void));
  const onEnded = vi.fn<() => void>();
  const gateway = withSessionWatch({ session: ask, signIn: ask } as unknown as Gateway, onEnded);
  return { gateway, onEnded, waiting };
}
const signIn = (gateway: Gateway) => gateway.signIn({ login: 'a', password: 'b', code: '123456' });

it('tells that the session has ended', async () => {
  const { gateway, onEnded, waiting } = byHand();
  const asked = gateway.session();
  waiting[0]?.(ENDED);
  expect(await asked).toEqual(ENDED);
  expect(onEnded).toHaveBeenCalledTimes(1);
});

it('asks again what the ended session had asked, and asks nobody to sign in twice', async () => {
  const { gateway, onEnded, waiting } = byHand();
  const asked = gateway.session();
  const signedIn = signIn(gateway);
  waiting[1]?.(GOOD);
  await signedIn;
  waiting[0]?.(ENDED);
  await vi.waitFor(() => expect(waiting).toHaveLength(3));
  waiting[2]?.(GOOD);
  expect(await asked).toEqual(GOOD);
  expect(onEnded).not.toHaveBeenCalled();
});

it('tells it where the new session has ended too, and where the sign-in was refused', async () => {
  const { gateway, onEnded, waiting } = byHand();
  const asked = gateway.session();
  const first = signIn(gateway);
  waiting[1]?.({ ok: false, problem: { code: 'sign_in_refused' } });
  await first;
  waiting[0]?.(ENDED);
  expect(await asked).toEqual(ENDED);
  expect(onEnded).toHaveBeenCalledTimes(1);
});

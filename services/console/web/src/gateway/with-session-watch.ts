import type { Answer } from './answer.ts';
import type { Gateway } from './gateway.ts';

/**
 * The same gateway, which also tells when an answer says that the session has ended. What the ended session
 * asked and the server refused after somebody had signed in again is asked once more instead.
 */
export function withSessionWatch(gateway: Gateway, onEnded: () => void): Gateway {
  let signIns = 0;
  const watch = async (
    name: keyof Gateway,
    asking: Promise<Answer<unknown>>,
    ask: () => Promise<Answer<unknown>>,
  ): Promise<Answer<unknown>> => {
    const before = signIns;
    const answer = await asking;
    if (answer.ok) {
      if (name === 'signIn') signIns += 1;
      return answer;
    }
    if (answer.problem.code !== 'unauthenticated') return answer;
    if (signIns !== before) return watch(name, ask(), ask);
    onEnded();
    return answer;
  };
  return new Proxy(gateway, {
    get(target, name: keyof Gateway) {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]): unknown => {
        const ask = () => method(...args);
        const result = ask();
        return result instanceof Promise
          ? watch(name, result, ask as () => Promise<Answer<unknown>>)
          : result;
      };
    },
  });
}

import type { Answer } from './answer.ts';
import type { Gateway } from './gateway.ts';

/** The same gateway, which also tells when an answer says that the session has ended. */
export function withSessionWatch(gateway: Gateway, onEnded: () => void): Gateway {
  const watch = async (answer: Promise<Answer<unknown>>): Promise<Answer<unknown>> => {
    const value = await answer;
    if (!value.ok && value.problem.code === 'unauthenticated') onEnded();
    return value;
  };
  return new Proxy(gateway, {
    get(target, name: keyof Gateway) {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]): unknown => {
        const result = method(...args);
        return result instanceof Promise ? watch(result) : result;
      };
    },
  });
}

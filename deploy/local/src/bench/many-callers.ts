import type { AnyOperation } from '@madoguchi/contracts';
import { subjectFor } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { Call, CallContext } from '@madoguchi/messaging';
import { connectNats, headersOf } from '@madoguchi/messaging';
import { createTelemetry } from '@madoguchi/telemetry';

type Wire = Awaited<ReturnType<Call>>;
type Waiting = { until: number; answer: (wire: Wire) => void };

const SWEEP_MS = 50;
const NOBODY = 503;

/**
 * Calls as ten thousand people would who each have a machine of their own: the same bytes on the wire as
 * our own client's, without its spans, checks of replies and timers, so that those who only make the load
 * take as little as can be of the two cores that bear it. Only for the public.
 */
export async function manyCallers(servers: string) {
  const { log } = createTelemetry({ service: 'bench', level: 'silent' });
  const connection = await connectNats({ servers, name: 'bench', log });
  const { nats } = connection;
  const inbox = `_INBOX.bench.${newId()}.`;
  const waiting = new Map<string, Waiting>();
  const settle = (id: string, wire: Wire): void => {
    waiting.get(id)?.answer(wire);
    waiting.delete(id);
  };
  nats.subscribe(`${inbox}*`, {
    callback: (_error, message) => {
      const away = message.headers?.code === NOBODY;
      const wire = away
        ? ({ ok: false, refusal: { code: 'dependency_unavailable' } } as Wire)
        : message.json<Wire>();
      settle(message.subject.slice(inbox.length), wire);
    },
  });
  // Every operation called here has the same time limit, so whoever asked first runs out of it first.
  const sweep = setInterval(() => {
    for (const [id, { until }] of waiting) {
      if (until > Date.now()) return;
      settle(id, { ok: false, refusal: { code: 'deadline_exceeded' } });
    }
  }, SWEEP_MS);
  let turn = 0;
  const call = (operation: AnyOperation, request: unknown, context: CallContext) =>
    new Promise<Wire>((answer) => {
      const id = String(turn++);
      const until = Date.now() + operation.timeLimitMs;
      waiting.set(id, { until, answer });
      nats.publish(subjectFor(operation, 'public'), JSON.stringify(request), {
        reply: inbox + id,
        headers: headersOf({
          actor: context.actorToken,
          grant: context.grant,
          idempotencyKey: context.idempotencyKey,
          deadline: String(until),
          correlation: newId(),
        }),
      });
    });
  return {
    call: call as Call,
    async leave() {
      clearInterval(sweep);
      await connection.close();
    },
  };
}

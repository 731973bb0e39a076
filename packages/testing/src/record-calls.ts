import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { AnyOperation } from '@madoguchi/contracts';
import type { Call, CallContext } from '@madoguchi/messaging';

/** What happens in a run beside its commands, as the checker reads it. */
export type Happening =
  | { happened: 'case-ended'; caseId: string }
  /** Facts of a resident were told to the services: their ids and versions, nothing else. */
  | { happened: 'told'; residents: { residentId: string; version: number }[] }
  | { happened: 'killed'; what: string };

/** Ids, codes, dates, times, numbers typed by no person: everything else is left out of a record. */
const OPAQUE = /^[\w:.+-]{1,64}$/;

function opaque(value: unknown): unknown {
  if (typeof value === 'string') return OPAQUE.test(value) ? value : undefined;
  if (Array.isArray(value)) return value.map(opaque);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, opaque(one)]));
}

/** Claims of a token of ours, unverified: the record only says who asked in which case. */
function claimsOf(token: string | undefined): Record<string, unknown> {
  const body = token?.split('.')[1];
  if (body === undefined) return {};
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
}

const realNow = (): number => performance.timeOrigin + performance.now();

function whoAsked({ actorToken, permit, grant, idempotencyKey }: CallContext) {
  const actor = claimsOf(actorToken);
  const caseId = claimsOf(grant)['caseId'] ?? claimsOf(permit)['caseId'];
  return { key: idempotencyKey, actor: actor['sub'], role: actor['role'], caseId };
}

type Line = Happening & { at: number };
type Called = {
  sent: number;
  answered: number;
  operation: AnyOperation;
  request: unknown;
  context: CallContext;
  answer: { ok: true; value: unknown } | { ok: false; refusal: unknown };
};

function lineOf(one: Line | Called): object {
  if (!('operation' in one)) return one;
  const { sent, answered, operation, request, context, answer } = one;
  return {
    sent,
    answered,
    operation: `${operation.service}.${operation.name}`,
    request: opaque(request),
    ...whoAsked(context),
    answer: answer.ok ? { ok: true, value: opaque(answer.value) } : answer,
  };
}

/**
 * Writes every command and answer of a run to a file, one JSON object a line: when it was sent and
 * answered (epoch milliseconds), operation, request, idempotency key, who asked in which case, answer.
 * Opaque ids, codes, dates and times only. `check-run` reads it.
 * @param options `later`: only at the end, so that a measurement does not pay for it; `now`: the clock of
 *   the services, where a test puts it forward
 */
export function recordCalls(path: string, options: { later?: boolean; now?: () => number } = {}) {
  const { now = realNow } = options;
  const file = createWriteStream(path, { flags: 'a' });
  const kept: (Line | Called)[] = [];
  const write = (one: Line | Called): boolean => file.write(`${JSON.stringify(lineOf(one))}\n`);
  const note = (one: Line | Called): void => {
    if (options.later) kept.push(one);
    else if (!file.writableEnded) write(one);
  };
  return {
    path,
    /** The same call, written down. */
    wrap(call: Call): Call {
      return async (operation, request, context) => {
        const sent = now();
        const answer = await call(operation, request, context);
        note({ sent, answered: now(), operation, request, context, answer });
        return answer;
      };
    },
    note: (happening: Happening): void => note({ at: now(), ...happening }),
    /** Waits until everything is in the file. */
    async close(): Promise<void> {
      for (const one of kept) if (!write(one)) await once(file, 'drain');
      await new Promise<void>((resolve) => void file.end(resolve));
    },
  };
}

export type RunRecorder = ReturnType<typeof recordCalls>;

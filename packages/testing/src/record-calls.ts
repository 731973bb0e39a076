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

const now = (): number => performance.timeOrigin + performance.now();

function whoAsked({ actorToken, permit, grant, idempotencyKey }: CallContext) {
  const actor = claimsOf(actorToken);
  const caseId = claimsOf(grant)['caseId'] ?? claimsOf(permit)['caseId'];
  return { key: idempotencyKey, actor: actor['sub'], role: actor['role'], caseId };
}

/**
 * Writes every command and answer of a run to a file, one JSON object a line: when it was sent and
 * answered (epoch milliseconds), operation, request, idempotency key, who asked in which case, answer.
 * Opaque ids, codes, dates and times only. `check-run` reads it.
 */
export function recordCalls(path: string) {
  const file = createWriteStream(path, { flags: 'a' });
  const write = (line: object): void => {
    if (!file.writableEnded) file.write(`${JSON.stringify(line)}\n`);
  };
  return {
    path,
    /** The same call, written down. */
    wrap(call: Call): Call {
      return async (operation, request, context) => {
        const sent = now();
        const answer = await call(operation, request, context);
        const { service, name } = operation as AnyOperation;
        write({
          sent,
          answered: now(),
          operation: `${service}.${name}`,
          request: opaque(request),
          ...whoAsked(context),
          answer: answer.ok ? { ok: true, value: opaque(answer.value) } : answer,
        });
        return answer;
      };
    },
    note: (happening: Happening): void => write({ at: now(), ...happening }),
    /** Waits until everything is in the file. */
    close: () => new Promise<void>((resolve) => void file.end(resolve)),
  };
}

export type RunRecorder = ReturnType<typeof recordCalls>;

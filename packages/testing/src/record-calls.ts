import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Call, CallContext } from '@madoguchi/messaging';
import { KeptLines } from './kept-lines.ts';

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
  operation: string;
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
    operation,
    request: opaque(request),
    ...whoAsked(context),
    answer: answer.ok ? { ok: true, value: opaque(answer.value) } : answer,
  };
}

/** What a run asked and heard, put aside cheaply until it is over; a token is kept once, however often it is used. */
function keepForLater() {
  const lines = new KeptLines();
  const places = new Map<string, number>();
  const place = (token: string | undefined): number | undefined => {
    if (token === undefined) return undefined;
    if (!places.has(token)) places.set(token, places.size);
    return places.get(token);
  };
  return {
    keep(one: Line | Called): void {
      if (!('operation' in one)) return lines.add(JSON.stringify(one));
      const { actorToken, permit, grant, idempotencyKey } = one.context;
      const tokens = [place(actorToken), place(permit), place(grant)];
      lines.add(JSON.stringify({ ...one, context: { idempotencyKey }, tokens }));
    },
    *all(): Generator<Line | Called> {
      const texts = [...places.keys()];
      for (const line of lines) {
        const { tokens, ...one } = JSON.parse(line) as (Line | Called) & { tokens?: number[] };
        const [actorToken, permit, grant] = tokens?.map((at) => texts[at]) ?? [];
        yield 'operation' in one
          ? { ...one, context: { ...one.context, actorToken, permit, grant } }
          : one;
      }
    },
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
  const kept = keepForLater();
  const write = (one: Line | Called): boolean => file.write(`${JSON.stringify(lineOf(one))}\n`);
  const note = (one: Line | Called): void => {
    if (options.later) kept.keep(one);
    else if (!file.writableEnded) write(one);
  };
  return {
    path,
    /** The same call, written down. */
    wrap(call: Call): Call {
      return async (operation, request, context) => {
        const sent = now();
        const answer = await call(operation, request, context);
        const name = `${operation.service}.${operation.name}`;
        note({ sent, answered: now(), operation: name, request, context, answer });
        return answer;
      };
    },
    note: (happening: Happening): void => note({ at: now(), ...happening }),
    /** Waits until everything is in the file. */
    async close(): Promise<void> {
      for (const one of kept.all()) if (!write(one)) await once(file, 'drain');
      await new Promise<void>((resolve) => void file.end(resolve));
    },
  };
}

export type RunRecorder = ReturnType<typeof recordCalls>;

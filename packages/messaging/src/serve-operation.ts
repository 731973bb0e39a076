import type {
  AnyOperation,
  CommonRefusalCode,
  Lane,
  RefusalOf,
  ReplyOf,
  RequestOf,
} from '@madoguchi/contracts';
import { LANES, openToPublic, requestFaults, subjectFor } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Telemetry } from '@madoguchi/telemetry';
import type { Msg } from '@nats-io/transport-node';
import type { Gate, OperationContext } from './admission.ts';
import { admit, coversResidents } from './admission.ts';
import type { Connection } from './connection.ts';
import { HEADER } from './headers.ts';
import { createIntake, laneOf } from './intake.ts';
import { despiteTheMoment, isMomentary } from './momentary-fault.ts';

export type Handler<O extends AnyOperation> = (
  request: RequestOf<O>,
  context: OperationContext,
) => Promise<Result<ReplyOf<O>, Refusal<RefusalOf<O> | CommonRefusalCode>>>;

/** A request in the hands of a service counts here until it is answered. */
export type Served = { drain(): Promise<void> };

export type ServeOptions = {
  gate: Gate;
  telemetry: Telemetry;
  /** Requests worked on at once, a lane; the next ones wait, and past `waiting` are refused at once. */
  concurrency?: number | undefined;
  waiting?: number | undefined;
  /** Who is served here; everybody, where it is not said. */
  lanes?: readonly Lane[] | undefined;
};

/** When to come back after a refusal for want of room, or of a dependency, milliseconds. */
const RETRY_AFTER_MS = 1_000;

const LARGEST_REQUEST = 1_000_000;

function parseBody(message: Msg): Result<unknown> {
  if (message.data.byteLength > LARGEST_REQUEST) return refuse('payload_too_large');
  try {
    return ok(message.json());
  } catch {
    return refuse('malformed_request', { items: ['body: not JSON'] });
  }
}

async function answer<O extends AnyOperation>(
  operation: O,
  message: Msg,
  parts: { handler: Handler<O>; gate: Gate },
): Promise<Result<unknown, Refusal>> {
  const admitted = await admit(operation, message.headers, parts.gate);
  if (!admitted.ok) return admitted;
  const body = parseBody(message);
  if (!body.ok) return body;
  const request = operation.request.safeParse(body.value);
  if (!request.success)
    return refuse('malformed_request', { items: requestFaults(request.error.issues) });
  if (!coversResidents(operation, request.data, admitted.value.grant))
    return refuse('grant_required');
  const handle = () => parts.handler(request.data as RequestOf<O>, admitted.value);
  // Only what is the same when it is done twice.
  const repeatable = operation.idempotent || operation.kind === 'query';
  const result = await (repeatable ? despiteTheMoment(handle) : handle());
  return result.ok ? ok(operation.reply.parse(result.value)) : result;
}

/** An answer that no message can carry is a bug of one operation, and must not end the process of all. */
function respond(
  message: Msg,
  result: Result<unknown, Refusal>,
  to: { operation: AnyOperation; correlationId: string; telemetry: Telemetry },
): void {
  const { operation, correlationId, telemetry } = to;
  try {
    message.respond(JSON.stringify(result));
  } catch (error) {
    telemetry.log.error(
      { operation: operation.subject, correlationId, err: error },
      'answer not sent',
    );
    message.respond(JSON.stringify(refuse('internal_fault', { correlationId })));
  }
}

/** Serves one operation in its service's queue group. */
export function serveOperation<O extends AnyOperation>(
  connection: Connection,
  operation: O,
  parts: ServeOptions & { handler: Handler<O> },
): Served {
  const { telemetry, concurrency = 128, waiting = 1_024, lanes = LANES } = parts;

  async function work(message: Msg): Promise<void> {
    const correlationId = message.headers?.get(HEADER.correlation) ?? '';
    const parent = message.headers?.get(HEADER.traceparent);
    const started = performance.now();
    let result: Result<unknown, Refusal>;
    try {
      result = await telemetry.span(operation.subject, { kind: 'server', parent }, () =>
        answer(operation, message, parts),
      );
    } catch (error) {
      const passing = passingRefusal(error);
      // A dependency that is away is an alarm of its own; only a bug is somebody's to mend.
      telemetry.log[passing ? 'warn' : 'error'](
        { operation: operation.subject, correlationId, err: error },
        'operation failed',
      );
      result = passing
        ? refuse(passing, { retryAfterMs: RETRY_AFTER_MS, correlationId })
        : refuse('internal_fault', { correlationId });
    }
    respond(message, result, { operation, correlationId, telemetry });
    telemetry.log.debug(
      {
        operation: operation.subject,
        correlationId,
        outcome: result.ok ? 'done' : result.refusal.code,
        durationMs: Math.round(performance.now() - started),
      },
      'operation answered',
    );
  }

  const overloaded = JSON.stringify(refuse('overloaded', { retryAfterMs: RETRY_AFTER_MS }));
  const intake = createIntake<Msg>({
    work,
    refuse: (message) => void message.respond(overloaded),
    concurrency,
    waiting,
  });
  const subscribe = (lane: Lane) =>
    connection.nats.subscribe(subjectFor(operation, lane), {
      queue: operation.service,
      callback: (error, message) => {
        if (error) return;
        // The public is the public by whichever subject it came.
        const comesBy = lane === 'public' ? lane : laneOf(message.headers?.get(HEADER.actor));
        intake.take(message, comesBy);
      },
    });
  const subscriptions = lanes
    .filter((lane) => lane === 'staff' || openToPublic(operation))
    .map(subscribe);

  return {
    async drain() {
      await Promise.all(subscriptions.map((one) => one.drain().catch(() => undefined)));
      await intake.drained();
    },
  };
}

/** Faults of the database's connection and of the moment are the caller's to retry; all else is a bug of ours. */
function passingRefusal(error: unknown): 'dependency_unavailable' | 'overloaded' | undefined {
  if (isMomentary(error)) return 'overloaded';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : '';
  const unreachable =
    /^(57P0|08|53|ECONN|EPIPE|P1001|P1017|P2024|P2028)/.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated|terminating connection|not queryable/i.test(
      text,
    );
  return unreachable ? 'dependency_unavailable' : undefined;
}

import type { AnyOperation, CommonRefusalCode, RefusalOf, ReplyOf } from '@madoguchi/contracts';
import { subjectFor } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { newId, refuse } from '@madoguchi/kernel';
import type { Telemetry } from '@madoguchi/telemetry';
import { errors } from '@nats-io/transport-node';
import { z } from 'zod';
import type { Connection } from './connection.ts';
import { headersOf } from './headers.ts';
import { laneOf } from './intake.ts';

/** Who asks, and with what in hand. */
export type CallContext = {
  actorToken?: string | undefined;
  permit?: string | undefined;
  grant?: string | undefined;
  idempotencyKey?: string | undefined;
  /** Epoch milliseconds after which nobody waits for the answer. */
  deadline?: number | undefined;
  correlationId?: string | undefined;
};

export type Call = <O extends AnyOperation>(
  operation: O,
  request: z.input<O['request']>,
  context: CallContext,
) => Promise<Result<ReplyOf<O>, Refusal<RefusalOf<O> | CommonRefusalCode>>>;

type Wire = { ok: true; value: unknown } | { ok: false; refusal: Refusal };

/** Any answer of a service; a reply is looked at by its operation's own shape. */
const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    refusal: z.object({
      code: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
]);

/** The server let nobody hear the question: a fault of ours, told to the log by the connection. */
const isForbidden = (error: unknown): boolean =>
  error instanceof errors.PermissionViolationError ||
  (error instanceof Error && error.cause instanceof errors.PermissionViolationError);

/** Nothing is taken from another service unchecked: what is not the reply that was agreed on is no reply. */
function checked(operation: AnyOperation, wire: unknown): Wire {
  const answer = Answer.safeParse(wire).data;
  if (answer?.ok === false) return answer as Wire;
  const value = answer ? operation.reply.safeParse(answer.value) : undefined;
  return value?.success ? { ok: true, value: value.data } : refuse('dependency_unavailable');
}

function refusalOfFault(error: unknown): Refusal<CommonRefusalCode> {
  if (isForbidden(error)) return { code: 'internal_fault' };
  if (error instanceof errors.TimeoutError) return { code: 'deadline_exceeded' };
  // Not even JSON.
  if (error instanceof SyntaxError) return { code: 'dependency_unavailable' };
  // A request that nobody serves: the service is away while messaging works.
  if (error instanceof errors.NoRespondersError) return { code: 'dependency_unavailable' };
  if (error instanceof errors.RequestError && error.isNoResponders())
    return { code: 'dependency_unavailable' };
  return { code: 'messaging_unavailable', details: { retryAfterMs: 1_000 } };
}

/** Calls operations of other services over NATS request/reply. */
export function createCall(connection: Connection, telemetry: Telemetry): Call {
  const { nats } = connection;

  async function ask(
    operation: AnyOperation,
    request: unknown,
    context: CallContext,
  ): Promise<Wire> {
    if (!connection.isConnected())
      return {
        ok: false,
        refusal: { code: 'messaging_unavailable', details: { retryAfterMs: 1_000 } },
      };
    const timeout = Math.min(operation.timeLimitMs, (context.deadline ?? Infinity) - Date.now());
    if (timeout <= 0) return { ok: false, refusal: { code: 'deadline_exceeded' } };
    const headers = headersOf({
      actor: context.actorToken,
      permit: context.permit,
      grant: context.grant,
      idempotencyKey: context.idempotencyKey,
      deadline: String(Math.floor(Date.now() + timeout)),
      correlation: context.correlationId ?? newId(),
      traceparent: telemetry.traceparent(),
    });
    let forget = (): void => undefined;
    const lost = new Promise<Wire>((resolve) => {
      forget = connection.onLost(() => resolve(refuse('messaging_unavailable')));
    });
    try {
      const answer = nats
        .request(subjectFor(operation, laneOf(context.actorToken)), JSON.stringify(request), {
          timeout,
          headers,
        })
        .then((message) => checked(operation, message.json()));
      return await Promise.race([answer, lost]);
    } catch (error) {
      return { ok: false, refusal: refusalOfFault(error) };
    } finally {
      forget();
    }
  }

  return async (operation, request, context) => {
    const wire = await telemetry.span(operation.subject, { kind: 'client' }, () =>
      ask(operation, request, context),
    );
    return wire as never;
  };
}

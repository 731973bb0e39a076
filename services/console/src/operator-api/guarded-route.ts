import type { AnyOperation } from '@madoguchi/contracts';
import { requestFaults } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Route } from '@madoguchi/http';
import { correlationIdOf, parseStrictJson, readBody, sendProblem } from '@madoguchi/http';
import type { Call, CallContext } from '@madoguchi/messaging';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Desk } from '../caller-context/desk.ts';
import type { Desks } from '../caller-context/desks.ts';
import { cookieOf, SESSION_COOKIE, TERMINAL_COOKIE, userAgentClass } from '../sessions/cookies.ts';
import type {
  BrowserProof,
  OperatorSession,
  OperatorSessions,
} from '../sessions/operator-sessions.ts';
import { isOwnPage } from '../sessions/request-origin.ts';

export type Edge = { call: Call; sessions: OperatorSessions; desks: Desks };

/** A request of a signed-in operator, ready for an operation. */
export type Asked = {
  session: OperatorSession;
  desk: Desk;
  context: CallContext;
  body: unknown;
  correlationId: string;
};

const LARGEST_BODY = 64_000;
/** Of a request that carries a file (`FileBytes`): as much as goes into one message between services. */
const LARGEST_FILE_BODY = 800_000;
const LONGEST_KEY = 200;

export const proofOf = (request: Request): BrowserProof => ({
  terminalSecret: cookieOf(request.get('cookie'), TERMINAL_COOKIE),
  userAgentClass: userAgentClass(request.get('user-agent')),
});

const carriesFile = ({ request }: AnyOperation): boolean => 'fileBase64' in request.shape;

/** The JSON body of a request; nothing else is taken for one. */
export async function readJson(
  request: Request,
  limitBytes = LARGEST_BODY,
): Promise<Result<unknown, Refusal>> {
  if (!/^application\/json(?:;\s*charset=utf-8)?$/iu.test(request.get('content-type') ?? ''))
    return refuse('unsupported_media_type');
  const body = await readBody(request, limitBytes);
  return body.ok ? parseStrictJson(body.value) : body;
}

/** The idempotency key of a command: present, and nothing but visible characters. */
export function keyOf(request: Request, wanted: boolean): Result<string | undefined, Refusal> {
  const key = request.get('idempotency-key');
  if (!wanted) return ok(undefined);
  if (key === undefined || key === '') return refuse('idempotency_key_missing');
  return key.length <= LONGEST_KEY && /^[\x21-\x7e]+$/u.test(key)
    ? ok(key)
    : refuse('malformed_request', {
        items: [`Idempotency-Key: must be 1 to ${LONGEST_KEY} visible ASCII characters`],
      });
}

/** Who asks, from which desk, with what: in this order, so that strangers learn nothing of bodies. */
export async function askedBy(
  request: Request,
  response: Response,
  edge: Edge & { idempotent: boolean; largestBody: number },
): Promise<Result<Asked, Refusal>> {
  if (!isOwnPage((name) => request.get(name))) return refuse('forged_request');
  const secret = cookieOf(request.get('cookie'), SESSION_COOKIE);
  if (secret === undefined || secret.length < 20 || secret.length > 200)
    return refuse('unauthenticated');
  const session = await edge.sessions.find(secret, proofOf(request));
  if (!session.ok) return session;
  const key = keyOf(request, edge.idempotent);
  if (!key.ok) return key;
  const body = await readJson(request, edge.largestBody);
  if (!body.ok) return body;
  const desk = await edge.desks.of(session.value);
  const correlationId = correlationIdOf(response);
  const context = { ...(await desk.callContext()), correlationId, idempotencyKey: key.value };
  return ok({ session: session.value, desk, context, body: body.value, correlationId });
}

export type OperationRoute<O extends AnyOperation> = {
  path: string;
  operation: O;
  /** What is answered, where it is not the operation's own reply. */
  reply?: z.ZodType;
  replyType?: string;
  /** Commands of the screens carry a key, also where the operation does not store it. */
  idempotent?: boolean;
  answer?: (asked: Asked, response: Response) => Promise<Result<unknown, Refusal> | 'answered'>;
};

/** A route that carries one operation for a signed-in operator. */
export function operationRoute<O extends AnyOperation>(edge: Edge, spec: OperationRoute<O>): Route {
  const { operation } = spec;
  const idempotent = spec.idempotent ?? operation.idempotent;
  const largestBody = carriesFile(operation) ? LARGEST_FILE_BODY : LARGEST_BODY;
  return {
    method: 'post',
    path: spec.path,
    summary: operation.summary,
    authority: 'session',
    fromPage: true,
    needs: operation.needs,
    request: operation.request,
    reply: spec.reply ?? operation.reply,
    ...(spec.replyType === undefined ? {} : { replyType: spec.replyType }),
    idempotent,
    refusals: operation.refusals,
    async handle(request, response) {
      const correlationId = correlationIdOf(response);
      const asked = await askedBy(request, response, { ...edge, idempotent, largestBody });
      if (!asked.ok) return sendProblem(response, asked.refusal, correlationId);
      const parsed = operation.request.safeParse(asked.value.body);
      if (!parsed.success) {
        const items = requestFaults(parsed.error.issues);
        return sendProblem(
          response,
          { code: 'malformed_request', details: { items } },
          correlationId,
        );
      }
      const checked = { ...asked.value, body: parsed.data as unknown };
      const answer = await (spec.answer?.(checked, response) ??
        edge.call(operation, parsed.data as never, checked.context));
      if (answer === 'answered') return;
      if (!answer.ok) return sendProblem(response, answer.refusal, correlationId);
      response.json(answer.value);
    },
  };
}

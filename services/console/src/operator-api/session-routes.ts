import * as contract from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { Route } from '@madoguchi/http';
import { correlationIdOf, sendProblem, TokenBuckets } from '@madoguchi/http';
import type { Request, Response } from 'express';
import { z } from 'zod';
import {
  clearSession,
  cookieOf,
  isLoopback,
  SESSION_COOKIE,
  setSessionCookie,
  setTerminalCookie,
} from '../sessions/cookies.ts';
import { isOwnPage } from '../sessions/request-origin.ts';
import type { OperatorSessions } from '../sessions/operator-sessions.ts';
import type { Edge } from './guarded-route.ts';
import { proofOf, readJson } from './guarded-route.ts';

const SessionReply = z.strictObject({
  worker: contract.Worker,
  sessionExpiresAt: contract.Instant,
});
const SignInBody = contract.signIn.request.pick({
  login: true,
  password: true,
  code: true,
  extension: true,
});
const CodeBody = z.strictObject({ code: z.string().max(40) });
const Nothing = z.strictObject({});

async function bodyOf<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<Result<z.output<S>, Refusal>> {
  if (!isOwnPage((name) => request.get(name))) return refuse('forged_request');
  const body = await readJson(request);
  if (!body.ok) return body;
  const parsed = schema.safeParse(body.value);
  return parsed.success
    ? ok(parsed.data)
    : refuse('malformed_request', { items: contract.requestFaults(parsed.error.issues) });
}

const sessionView = ({ worker, sessionExpiresAt }: z.infer<typeof SessionReply>) => ({
  worker,
  sessionExpiresAt,
});

/** Answers a problem where a step refuses; the happy end is the step's own. */
async function orProblem(
  response: Response,
  step: () => Promise<Result<unknown, Refusal>>,
): Promise<void> {
  const result = await step();
  if (!result.ok) sendProblem(response, result.refusal, correlationIdOf(response));
  else response.json(result.value);
}

type Given = {
  edge: Edge;
  /** Sign-ins and enrolments of one address are slowed down. */
  limited: (request: Request) => Result<true, Refusal>;
  current: (request: Request) => ReturnType<OperatorSessions['find']>;
};

const signInRoute = ({ edge, limited }: Given): Route => ({
  method: 'post',
  path: '/api/v1/session',
  summary: contract.signIn.summary,
  authority: 'none',
  fromPage: true,
  needs: 'nothing',
  request: SignInBody,
  reply: SessionReply,
  refusals: contract.signIn.refusals,
  handle: (request, response) =>
    orProblem(response, async () => {
      const body = await bodyOf(request, SignInBody);
      if (!body.ok) return body;
      const allowed = limited(request);
      if (!allowed.ok) return allowed;
      const { terminalSecret, userAgentClass } = proofOf(request);
      const terminal = terminalSecret === undefined ? {} : { terminalSecret };
      const signedIn = await edge.call(
        contract.signIn,
        { ...body.value, ...terminal, userAgentClass, fromLoopback: isLoopback(request) },
        { correlationId: correlationIdOf(response) },
      );
      if (!signedIn.ok) return signedIn;
      const { sessionSecret, newTerminalSecret, ...rest } = signedIn.value;
      setSessionCookie(response, sessionSecret);
      if (newTerminalSecret !== undefined) setTerminalCookie(response, newTerminalSecret);
      const proof = { userAgentClass, terminalSecret: newTerminalSecret ?? terminalSecret };
      return ok(sessionView(edge.sessions.hold(sessionSecret, rest, proof)));
    }),
});

const showRoute = ({ current }: Given): Route => ({
  method: 'get',
  path: '/api/v1/session',
  summary: 'The session of this browser.',
  authority: 'session',
  needs: 'nothing',
  reply: SessionReply,
  handle: (request, response) =>
    orProblem(response, async () => {
      const session = await current(request);
      return session.ok ? ok(sessionView(session.value)) : session;
    }),
});

const signOutRoute = ({ edge }: Given): Route => ({
  method: 'delete',
  path: '/api/v1/session',
  summary: contract.signOut.summary,
  authority: 'session',
  fromPage: true,
  needs: 'nothing',
  reply: Nothing,
  handle: (request, response) =>
    orProblem(response, async () => {
      if (!isOwnPage((name) => request.get(name))) return refuse('forged_request');
      const secret = cookieOf(request.get('cookie'), SESSION_COOKIE);
      clearSession(response);
      if (secret === undefined) return ok({});
      const ended = await edge.call(contract.signOut, { sessionSecret: secret }, {});
      return ended.ok ? ok({}) : ended;
    }),
});

const stepUpRoute = ({ edge, current }: Given): Route => ({
  method: 'post',
  path: '/api/v1/session/step-up',
  summary: contract.stepUp.summary,
  authority: 'session',
  fromPage: true,
  needs: 'nothing',
  request: CodeBody,
  reply: Nothing,
  refusals: contract.stepUp.refusals,
  handle: (request, response) =>
    orProblem(response, async () => {
      const body = await bodyOf(request, CodeBody);
      if (!body.ok) return body;
      const session = await current(request);
      if (!session.ok) return session;
      const given = { sessionSecret: session.value.secret, code: body.value.code.slice(0, 10) };
      const stepped = await edge.call(contract.stepUp, given, {});
      if (!stepped.ok) return stepped;
      edge.sessions.replaceActor(session.value, stepped.value);
      return ok({});
    }),
});

const enrolRoute = ({ edge, limited }: Given): Route => ({
  method: 'post',
  path: '/api/v1/terminals',
  summary: contract.enrolTerminal.summary,
  authority: 'none',
  fromPage: true,
  needs: 'nothing',
  request: CodeBody,
  reply: Nothing,
  refusals: contract.enrolTerminal.refusals,
  handle: (request, response) =>
    orProblem(response, async () => {
      const body = await bodyOf(request, CodeBody);
      if (!body.ok) return body;
      const allowed = limited(request);
      if (!allowed.ok) return allowed;
      const enrolled = await edge.call(contract.enrolTerminal, { code: body.value.code }, {});
      if (!enrolled.ok) return enrolled;
      setTerminalCookie(response, enrolled.value.terminalSecret);
      return ok({});
    }),
});

/** Sign-in, sign-out, terminals and the fresh second factor: the routes before and around a session. */
export function sessionRoutes(edge: Edge): Route[] {
  const tries = new TokenBuckets({ capacity: 30, perSecond: 0.5 });
  const given: Given = {
    edge,
    limited: (request) => {
      const wait = tries.take(request.socket.remoteAddress ?? '', 1, Date.now());
      return wait === 0 ? ok(true) : refuse('rate_limited', { retryAfterMs: wait });
    },
    current: async (request) => {
      const secret = cookieOf(request.get('cookie'), SESSION_COOKIE);
      if (secret === undefined) return refuse('unauthenticated');
      return edge.sessions.find(secret, proofOf(request));
    },
  };
  return [signInRoute, showRoute, signOutRoute, stepUpRoute, enrolRoute].map((make) => make(given));
}

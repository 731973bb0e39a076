import * as contract from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, readBirthDate, refuse, tokyoDate } from '@madoguchi/kernel';
import type { Route } from '@madoguchi/http';
import { correlationIdOf, sendProblem, TokenBuckets } from '@madoguchi/http';
import type { Call, CallContext } from '@madoguchi/messaging';
import type { Request } from 'express';
import { z } from 'zod';
import { keyOf, readJson } from '../operator-api/guarded-route.ts';
import type { AgentActor, AgentSession } from './agent-sessions.ts';
import { AgentSessions } from './agent-sessions.ts';

const Session = z.string().min(40).max(64);
const Identify = z.strictObject({
  callKey: contract
    .typedText(200)
    .meta({ description: 'The id under which the telephone system told of the live call.' }),
  ticketNumber: z
    .string()
    .regex(/^(\d{10}|\d{18})$/, 'must be the 10 digits of the ticket, or its line of 18')
    .meta({ description: 'Keyed digits: the ticket number, or the line of 18 digits on it.' }),
  dateOfBirth: z
    .string()
    .regex(/^\d{8}$/, { error: 'must be 8 keyed digits, YYYYMMDD', abort: true })
    .superRefine((digits, context) => {
      const { kind } = readBirthDate(digits, tokyoDate(new Date()));
      if (kind !== 'date')
        context.addIssue(kind === 'future' ? 'lies in the future' : 'is no day of the calendar');
    })
    .meta({ description: 'Keyed digits, YYYYMMDD.', examples: ['19640305'] }),
});
const Identified = z.strictObject({
  outcome: z.enum(['confirmed', 'not-confirmed']),
  session: Session.optional(),
});
const Slot = z.strictObject({
  session: Session,
  doseNumber: contract.DoseNumber,
  /** A booking of the caller that is to be moved. */
  movingReservationId: contract.Id.optional(),
  from: contract.IsoDate,
  to: contract.IsoDate,
  limit: z.int().min(1).max(20).default(5),
});
const Book = z.strictObject({
  session: Session,
  doseNumber: contract.DoseNumber,
  slotId: contract.Id,
});
const Change = z.strictObject({
  session: Session,
  reservationId: contract.Id,
  slotId: contract.Id,
});
const Cancel = z.strictObject({ session: Session, reservationId: contract.Id });
const OfSession = z.strictObject({ session: Session });

/** Points per request: finding out who somebody is costs most. */
const WEIGHT = { identify: 10, search: 3, other: 1 } as const;
const LIMIT = { capacity: 120, perSecond: 4 };

type Step<B> = (
  body: B,
  given: { agent: AgentActor; session?: AgentSession; context: CallContext },
) => Promise<Result<unknown, Refusal>>;
type Spec<S extends z.ZodType> = {
  path: string;
  summary: string;
  weight: number;
  request: S;
  reply: z.ZodType;
  idempotent?: boolean;
  refusals?: readonly contract.RefusalCode[];
  step: Step<z.output<S>>;
};

function identifyStep(call: Call, sessions: AgentSessions): Step<z.output<typeof Identify>> {
  return async (body, { agent, context }) => {
    const opened = await call(contract.openSelfServiceCase, { callKey: body.callKey }, context);
    if (!opened.ok) return opened;
    const { caseId, permit } = opened.value;
    const items = { ticketNumber: body.ticketNumber, dateOfBirth: body.dateOfBirth };
    const verified = await call(
      contract.verifyPerson,
      { purpose: 'keypad', items },
      { ...context, permit },
    );
    if (!verified.ok) return verified;
    const { grant, residentId, outcome } = verified.value;
    // A machine is told yes or no, nothing of which digits were right.
    if (outcome !== 'confirmed' || grant === undefined || residentId === undefined)
      return ok({ outcome: 'not-confirmed' });
    return ok({
      outcome,
      session: sessions.open({ agentId: agent.agentId, caseId, permit, grant, residentId }),
    });
  };
}

type Door = { call: Call; sessions: AgentSessions; buckets: TokenBuckets };

/** Key, points, body, session: in this order, before any operation is asked. */
async function answerOf<S extends z.ZodType>(
  door: Door,
  spec: Spec<S>,
  given: { request: Request; correlationId: string },
): Promise<Result<unknown, Refusal>> {
  const { request, correlationId } = given;
  const agent = await door.sessions.actor(
    request.get('authorization'),
    request.socket.remoteAddress ?? '',
  );
  if (!agent.ok) return agent;
  const wait = door.buckets.take(agent.value.agentId, spec.weight, Date.now());
  if (wait > 0) return refuse('rate_limited', { retryAfterMs: wait });
  const key = keyOf(request, spec.idempotent ?? false);
  if (!key.ok) return key;
  const body = await readJson(request);
  if (!body.ok) return body;
  const parsed = spec.request.safeParse(body.value);
  if (!parsed.success) {
    return refuse('malformed_request', { items: contract.requestFaults(parsed.error.issues) });
  }
  const { actorToken } = agent.value;
  const base = { actorToken, correlationId, idempotencyKey: key.value };
  const id = (parsed.data as { session?: string }).session;
  if (id === undefined) return spec.step(parsed.data, { agent: agent.value, context: base });
  const session = door.sessions.find(id, agent.value.agentId);
  if (!session.ok) return session;
  const { permit, grant } = session.value;
  return spec.step(parsed.data, {
    agent: agent.value,
    session: session.value,
    context: { ...base, permit, grant },
  });
}

function agentRoute<S extends z.ZodType>(door: Door, spec: Spec<S>): Route {
  return {
    method: 'post',
    path: `/api/v1/agent${spec.path}`,
    summary: spec.summary,
    authority: 'agent-key',
    request: spec.request,
    reply: spec.reply,
    idempotent: spec.idempotent ?? false,
    refusals: spec.refusals ?? [],
    async handle(request, response) {
      const correlationId = correlationIdOf(response);
      const answer = await answerOf(door, spec, { request, correlationId });
      if (answer.ok) response.json(answer.value);
      else sendProblem(response, answer.refusal, correlationId);
    },
  };
}

/** A route that carries one operation for the identified caller; the session becomes the resident. */
function callerRoute<S extends z.ZodType>(
  door: Door,
  operation: contract.AnyOperation,
  spec: Pick<Spec<S>, 'path' | 'weight' | 'request'> & { also?: object },
): Route {
  return agentRoute(door, {
    ...spec,
    summary: operation.summary,
    reply: operation.reply,
    idempotent: operation.idempotent,
    refusals: operation.refusals,
    step: (body, { session, context }) => {
      const { session: _opened, ...asked } = body as Record<string, unknown>;
      return door.call(
        operation,
        { ...asked, ...spec.also, residentId: session?.residentId },
        context,
      );
    },
  });
}

const finishRoute = (door: Door): Route =>
  agentRoute(door, {
    path: '/finish',
    summary: 'Ends the self-service case; the session is of no use after it.',
    weight: WEIGHT.other,
    request: OfSession,
    reply: z.strictObject({}),
    step: async (body, { session, context }) => {
      door.sessions.close(body.session);
      const closing = { caseId: session?.caseId ?? '', afterCallCode: 'answered' as const };
      const closed = await door.call(contract.closeCase, closing, context);
      return closed.ok ? ok({}) : closed;
    },
  });

/** The phone agents' API: a caller serves themself by keypad; same rules, same audit. */
export function agentRoutes(call: Call): Route[] {
  const door = { call, sessions: new AgentSessions(call), buckets: new TokenBuckets(LIMIT) };
  return [
    agentRoute(door, {
      path: '/identify',
      summary:
        'Opens a caller by ticket number and birth date, on a live call from a number on record.',
      weight: WEIGHT.identify,
      request: Identify,
      reply: Identified,
      refusals: ['call_not_found'],
      step: identifyStep(call, door.sessions),
    }),
    callerRoute(door, contract.listReservations, {
      path: '/reservations/list',
      weight: WEIGHT.other,
      request: OfSession,
    }),
    callerRoute(door, contract.findFreeSlots, {
      path: '/slots/search',
      weight: WEIGHT.search,
      request: Slot,
    }),
    callerRoute(door, contract.bookSlot, {
      path: '/reservations',
      weight: WEIGHT.search,
      request: Book,
    }),
    callerRoute(door, contract.changeReservation, {
      path: '/reservations/change',
      weight: WEIGHT.search,
      request: Change,
    }),
    callerRoute(door, contract.cancelReservation, {
      path: '/reservations/cancel',
      weight: WEIGHT.other,
      request: Cancel,
      also: { reason: 'own-wish' },
    }),
    finishRoute(door),
  ];
}

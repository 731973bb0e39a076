import type { signIn as SignIn, RequestOf } from '@madoguchi/contracts';
import { sessionClosed, sessionOpened, signalSubjects } from '@madoguchi/contracts';
import type { PrismaLike, Transaction } from '@madoguchi/database';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { hash, verify } from '@node-rs/argon2';
import { sessionExpiry } from '../domain/session-life.ts';
import { waitAfterFailures } from '../domain/sign-in-delay.ts';
import { contractInForce, withinHours } from '../domain/working-hours.ts';
import { actorTokenOf, workerView } from '../store/actor-token.ts';
import { digestOfSecret, newSecret } from '../store/digest.ts';
import { totpStepOf } from '../store/second-factor.ts';
import { endSessions, openSession } from '../store/session-store.ts';
import { countFailure, findAttempts, forgetFailures } from '../store/sign-in-attempts.ts';
import { addTerminal, findTerminal } from '../store/terminal-store.ts';
import type { WorkerRow } from '../store/worker-store.ts';
import { findWorkerByLogin, useTotpStep } from '../store/worker-store.ts';
import type { staffConfig } from '../config.ts';

type StaffRuntime = Runtime<PrismaLike, typeof staffConfig>;
type Request = RequestOf<typeof SignIn>;

/** Failed tries wait alike for known and unknown logins: the count hangs on what was typed. */
async function mustWait(tx: Transaction, loginDigest: string, now: Date): Promise<boolean> {
  const tries = await findAttempts(tx.query, loginDigest);
  return (
    tries !== undefined &&
    now.getTime() < tries.lastAt.getTime() + waitAfterFailures(tries.failures)
  );
}

/** @param decoy compared when the login is unknown, so that both cost the same */
async function passwordMatches(
  worker: WorkerRow | undefined,
  given: { password: string; decoy: string },
): Promise<boolean> {
  const matches = await verify(worker?.passwordHash ?? given.decoy, given.password);
  return matches && worker !== undefined;
}

async function terminalOf(tx: Transaction, request: Request, config: StaffRuntime['config']) {
  const known = await findTerminal(tx.query, request.terminalSecret);
  if (known !== undefined) return { id: known };
  if (config.TERMINAL_ENROLMENT === 'loopback' && request.fromLoopback)
    return addTerminal(tx.query, 'loopback');
  return undefined;
}

async function openFor(
  tx: Transaction,
  worker: WorkerRow,
  opening: { terminalId: string; extension: string | null; userAgentClass: string; at: Date },
) {
  const ended = await endSessions(
    tx.query,
    { workerId: worker.id },
    { at: opening.at, reason: 'evicted' },
  );
  const session = { id: newId(), workerId: worker.id, openedAt: opening.at, ...opening };
  const secret = newSecret();
  await openSession(tx.query, { ...session, secretDigest: digestOfSecret(secret) });
  for (const old of ended)
    tx.record({
      type: sessionClosed,
      aggregateId: old.id,
      aggregateVersion: 2,
      payload: { sessionId: old.id, operatorId: old.workerId, at: opening.at.toISOString() },
    });
  tx.record({
    type: sessionOpened,
    aggregateId: session.id,
    aggregateVersion: 1,
    payload: {
      sessionId: session.id,
      operatorId: worker.id,
      role: worker.role,
      at: opening.at.toISOString(),
      ...(opening.extension === null ? {} : { extension: opening.extension }),
    },
  });
  tx.audit({
    action: 'sign-in',
    operation: 'staff.sign-in',
    outcome: 'done',
    detail: { evicted: ended.length },
  });
  return { session, secret, ended };
}

type SignInRefusal = 'sign_in_refused' | 'terminal_not_enrolled' | 'outside_working_hours';

function refused<C extends SignInRefusal>(tx: Transaction, code: C) {
  const operation = 'staff.sign-in';
  tx.audit({ action: 'sign-in-refused', operation, outcome: 'refused', detail: { code } });
  return refuse(code);
}

/** Login, password and code; each is checked in every case, so that none can be told apart by time. */
async function authenticate(
  runtime: StaffRuntime,
  tx: Transaction,
  given: { request: Request; decoy: string; now: Date },
): Promise<WorkerRow | undefined> {
  const { request, decoy, now } = given;
  const loginDigest = digestOfSecret(request.login.toLowerCase());
  const waiting = await mustWait(tx, loginDigest, now);
  const worker = await findWorkerByLogin(tx.query, request.login.toLowerCase());
  const right = await passwordMatches(worker, { password: request.password, decoy });
  const step = worker && totpStepOf(runtime.eventKey, worker, { code: request.code, now });
  const known = !waiting && right && worker && !worker.suspended && step !== undefined;
  if (known && (await useTotpStep(tx.query, worker.id, step))) {
    await forgetFailures(tx.query, loginDigest);
    return worker;
  }
  await countFailure(tx.query, loginDigest, now);
  return undefined;
}

async function signInOnce(
  runtime: StaffRuntime,
  tx: Transaction,
  given: { request: Request; decoy: string; now: Date },
) {
  const { request, now } = given;
  const worker = await authenticate(runtime, tx, given);
  if (!worker) return refused(tx, 'sign_in_refused');
  const { id, role, organisation } = worker;
  Object.assign(tx.who, { actorId: id, role, organisation });
  if (!contractInForce(worker, now) || !withinHours(worker, now))
    return refused(tx, 'outside_working_hours');
  const terminal = await terminalOf(tx, request, runtime.config);
  if (!terminal) return refused(tx, 'terminal_not_enrolled');
  const extension = request.extension ?? worker.extension;
  const { userAgentClass } = request;
  const opening = { terminalId: terminal.id, extension, userAgentClass, at: now };
  return ok({ worker, extension, terminal, ...(await openFor(tx, worker, opening)) });
}

/** Password and time-based code; one session a person, the second ends the first. */
export function signIn(runtime: StaffRuntime): Handler<typeof SignIn> {
  const decoyHash = hash(newSecret());
  return async (request, context) => {
    const now = runtime.clock.now();
    const decoy = await decoyHash;
    const decided = await runtime.database.transaction(context.who, (tx) =>
      signInOnce(runtime, tx, { request, decoy, now }),
    );
    if (!decided.ok) return decided;
    const { worker, session, secret, ended, terminal, extension } = decided.value;
    for (const old of ended)
      runtime.signal(signalSubjects.sessionRevoked, {
        sessionId: old.id,
        operatorId: old.workerId,
      });
    const times = { openedAt: now, lastSeenAt: now, endedAt: null };
    return ok({
      ...(await actorTokenOf(runtime, worker, { ...session, stepUpAt: null })),
      worker: workerView(worker, extension, now),
      sessionSecret: secret,
      sessionExpiresAt: sessionExpiry(times).toISOString(),
      ...('secret' in terminal ? { newTerminalSecret: terminal.secret } : {}),
    });
  };
}

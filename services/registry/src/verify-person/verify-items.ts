import type {
  CasePermitClaims,
  CommonRefusalCode,
  Purpose,
  ReplyOf,
  RuleRefusalCode,
  verifyPerson,
} from '@madoguchi/contracts';
import { PURPOSES_OF_CASE, residentVerified } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse, tokyoDate } from '@madoguchi/kernel';
import type { OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { ReadItems } from '../domain/compare-items.ts';
import { nobody, readItems } from '../domain/compare-items.ts';
import type { Verification } from '../domain/decide-verification.ts';
import { canLookFor, decideVerification } from '../domain/decide-verification.ts';
import type { Threshold } from '../domain/thresholds.ts';
import { limitReached, LIMITS, THRESHOLDS } from '../domain/thresholds.ts';
import type { Attempt } from '../store/failed-verifications.ts';
import {
  countFailures,
  lockAttempt,
  personDigests,
  recordFailure,
} from '../store/failed-verifications.ts';
import { findCandidates } from '../store/resident-store.ts';
import { answerOnTheBeat } from './answer-on-the-beat.ts';
import type { Asked } from './audit-try.ts';
import { auditTry } from './audit-try.ts';
import { grantFor } from './grant-for.ts';

type Reply = ReplyOf<typeof verifyPerson>;
type Verified = { reply: Reply; residentProtected: boolean };
type Trial = Asked & {
  threshold: Threshold;
  permit: CasePermitClaims;
  context: OperationContext;
  read: ReadItems;
};

const faultOf = ({ dateOfBirthFault }: ReadItems) =>
  dateOfBirthFault === undefined ? {} : { dateOfBirthFault };

function replyOf(verification: Verification, read: ReadItems, triesLeft: number): Reply {
  const { outcome, items } = verification;
  const base = { outcome, items, askFor: [], triesLeft, ...faultOf(read) };
  switch (verification.outcome) {
    case 'confirmed':
      return { ...base, residentId: verification.candidate.residentId };
    case 'moved-away': {
      const { municipalityToAsk } = verification.candidate;
      return { ...base, ...(municipalityToAsk === undefined ? {} : { municipalityToAsk }) };
    }
    case 'more-needed':
      return { ...base, askFor: verification.askFor };
    case 'not-confirmed':
      return base;
  }
}

async function decide(runtime: Runtime, tx: Transaction, trial: Trial): Promise<Verification> {
  const { read } = trial;
  const scope = {
    municipalityCode: runtime.config.MUNICIPALITY_CODE,
    today: tokyoDate(runtime.clock.now()),
    asOf: trial.threshold.asOfDay ? trial.asOf : undefined,
  };
  const found = canLookFor(read) ? await findCandidates(tx.query, scope, read) : [];
  const named = trial.permit.residents ?? [];
  return decideVerification({
    ...trial,
    candidates: trial.threshold.namedByCase
      ? found.filter(({ residentId }) => named.includes(residentId))
      : found,
    callerNumberDigest: trial.permit.callerNumberDigest,
    proofs: {
      codeToContactOnRecord: trial.permit.provenContactDigest,
      addresseeNumber: trial.addresseeNumber?.trim() || undefined,
    },
    atDesk: trial.approvalId !== undefined,
  });
}

/** The person is confirmed in this case: its neighbours are told by event. */
function announce(tx: Transaction, payload: { caseId: string; residentId: string }): void {
  tx.record({ type: residentVerified, aggregateId: payload.caseId, aggregateVersion: 1, payload });
}

/** One try: count, compare, count again, audit. Past a limit nothing is compared any more. */
async function tryOnce(runtime: Runtime, tx: Transaction, trial: Trial): Promise<Verified> {
  const { permit, context, read } = trial;
  const attempt: Attempt = {
    caseId: permit.caseId,
    operatorId: context.actor.sub,
    digests: personDigests(runtime.config.LOOKUP_KEY, read),
    atDesk: trial.approvalId !== undefined,
    now: runtime.clock.now(),
  };
  const byMachine = context.actor.role === 'phone-agent';
  const closed: Reply = {
    outcome: 'closed',
    items: nobody(trial.items, read),
    askFor: [],
    triesLeft: 0,
    ...faultOf(read),
  };
  await lockAttempt(tx.query, attempt);
  const failures = await countFailures(tx.query, attempt);
  // The desk takes over where the limits ended, so they do not bind it.
  const limit = attempt.atDesk ? undefined : limitReached(failures, byMachine);
  if (limit !== undefined) {
    auditTry(tx, trial, { answer: 'closed', limit });
    return { reply: closed, residentProtected: false };
  }
  const verification = await decide(runtime, tx, trial);
  const failed = verification.outcome === 'not-confirmed';
  if (failed) await recordFailure(tx.query, attempt);
  if (failed && !byMachine && failures.ofOperator + 1 === LIMITS.perOperatorAndDay)
    runtime.telemetry.log.error(
      { actorId: attempt.operatorId, event: 'verification-limit' },
      'an operator reached the limit of failed verifications of a day',
    );
  const triesLeft = Math.max(0, LIMITS.triesPerCase - failures.ofCase - (failed ? 1 : 0));
  const last = failed && !attempt.atDesk && triesLeft === 0;
  const reply = last
    ? closed
    : replyOf(verification, read, attempt.atDesk ? LIMITS.triesPerCase : triesLeft);
  const { residentId } = reply;
  auditTry(tx, trial, { answer: reply.outcome, residentId, limit: last ? 'case' : undefined });
  if (residentId !== undefined) announce(tx, { caseId: permit.caseId, residentId });
  const residentProtected = 'candidate' in verification && verification.candidate.protected;
  return { reply, residentProtected };
}

/** Does policy give anything of an ordinary person to this role and purpose? Machines act unseeing. */
function seesAnything(runtime: Runtime, { actor }: OperationContext, purpose: Purpose): boolean {
  if (actor.role === 'phone-agent') return true;
  const classes = runtime.policy.decideFieldClasses({
    actor,
    purpose,
    hasGrant: true,
    residentProtected: false,
    approvedBySecondPerson: false,
    now: runtime.clock.now(),
  });
  return Object.values(classes).some((visibility) => visibility !== 'none');
}

/** The threshold by which this may be asked in this case, by this role, in this way. */
function thresholdFor(
  runtime: Runtime,
  asked: Asked,
  { context, permit }: { context: OperationContext; permit: CasePermitClaims },
): Result<Threshold, Refusal<CommonRefusalCode>> {
  const { purpose, asOf } = asked;
  const threshold = THRESHOLDS[purpose];
  if (!threshold || !PURPOSES_OF_CASE[permit.kind].includes(purpose))
    return refuse('purpose_not_allowed');
  if (threshold.deskOnly && asked.approvalId === undefined) return refuse('purpose_not_allowed');
  if (threshold.roles?.includes(context.actor.role) === false) return refuse('purpose_not_allowed');
  if (!seesAnything(runtime, context, purpose)) return refuse('purpose_not_allowed');
  const isDayPast = asOf !== undefined && asOf <= tokyoDate(runtime.clock.now());
  if (threshold.asOfDay && !isDayPast) return refuse('malformed_request', { items: ['asOf'] });
  return ok(threshold);
}

/** Nobody, or somebody of whom nothing may be told. */
const saysNobody = ({ outcome }: Reply): boolean =>
  outcome === 'not-confirmed' || outcome === 'closed';

export type Given<Code extends string> = {
  context: OperationContext;
  /** What the way asks for beside a case. */
  allowed(
    tx: Transaction,
    permit: CasePermitClaims,
  ): Promise<Result<true, Refusal<Code | CommonRefusalCode>>>;
};

/** As many as a facility brings in one call, and as a grant can name. */
const MOST_TOGETHER = 50;

/** Whom a new grant names beside the one who is verified: those of the present grant, where it is of the same kind. */
function namedBefore(
  asked: Asked,
  { grant }: OperationContext,
): Result<readonly string[], Refusal<CommonRefusalCode>> {
  if (asked.alongside !== true) return ok([]);
  const sameKind = grant?.purposes.includes(asked.purpose) && grant.approvalId === asked.approvalId;
  if (!grant || sameKind !== true) return refuse('grant_required');
  return grant.residents.length < MOST_TOGETHER
    ? ok(grant.residents)
    : refuse('malformed_request', { items: ['alongside'] });
}

/** The story of both verifications: try, count, audit, and sign a grant at the threshold. */
export async function verifyItems<Code extends RuleRefusalCode>(
  runtime: Runtime,
  asked: Asked,
  given: Given<Code>,
): Promise<Result<Reply, Refusal<Code | CommonRefusalCode>>> {
  const { context } = given;
  const { permit } = context;
  if (!permit) return refuse('case_required');
  const before = namedBefore(asked, context);
  if (!before.ok) return before;
  const who = { ...context.who, purpose: asked.purpose };
  const began = performance.now();
  const read = readItems(
    asked.items,
    tokyoDate(runtime.clock.now()),
    runtime.config.MUNICIPALITY_CODE,
  );
  const verified = await runtime.database.transaction(who, async (tx) => {
    const threshold = thresholdFor(runtime, asked, { context, permit });
    const allowed = threshold.ok ? await given.allowed(tx, permit) : threshold;
    if (!allowed.ok) auditTry(tx, asked, { answer: allowed.refusal.code });
    if (!threshold.ok) return threshold;
    if (!allowed.ok) return allowed;
    return ok(
      await tryOnce(runtime, tx, { ...asked, threshold: threshold.value, permit, context, read }),
    );
  });
  if (!verified.ok) return verified;
  const { reply, residentProtected } = verified.value;
  const { residentId } = reply;
  if (residentId === undefined) {
    if (saysNobody(reply)) await answerOnTheBeat(began);
    return ok(reply);
  }
  const { caseId } = permit;
  const { purpose, approvalId } = asked;
  const alongside = before.value;
  const granted = { caseId, residentId, residentProtected, purpose, approvalId, alongside };
  return ok({ ...reply, ...(await grantFor(runtime, context, granted)) });
}

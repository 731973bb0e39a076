import type {
  ActorClaims,
  AnyOperation,
  CasePermitClaims,
  GrantClaims,
  RequestOf,
  Who,
} from '@madoguchi/contracts';
import type { Result } from '@madoguchi/kernel';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Policy, Tokens } from '@madoguchi/policy';
import { mayCall } from '@madoguchi/policy';
import type { MsgHdrs } from '@nats-io/transport-node';
import { HEADER } from './headers.ts';

/** Everything an operation knows of its caller, checked. */
export type OperationContext = {
  actor: ActorClaims;
  actorToken?: string;
  permit?: CasePermitClaims;
  permitToken?: string;
  grant?: GrantClaims;
  grantToken?: string;
  idempotencyKey?: string;
  /** Epoch milliseconds. */
  deadline: number;
  correlationId: string;
  municipalityCode: string;
  /** Ready for a transaction; audit rows are written with it. */
  who: Who;
};

export type Gate = { tokens: Tokens; policy: Policy; municipalityCode: string };

/** The actor of operations that are open to anyone (sign-in, keys). */
function nobodyYet(municipalityCode: string): ActorClaims {
  return {
    iss: 'anonymous',
    sub: 'anonymous',
    jti: newId(),
    iat: 0,
    exp: 0,
    role: 'service',
    municipalityCode,
    organisation: '',
    terminalEnrolled: false,
    withinHours: true,
    policyVersion: '',
  };
}

async function admitActor(operation: AnyOperation, token: string | undefined, gate: Gate) {
  if (operation.allow === 'anyone') return ok(nobodyYet(gate.municipalityCode));
  if (token === undefined) return refuse('unauthenticated');
  const verified = await gate.tokens.verify('actor', token);
  if (!verified.ok) return verified;
  const actor = verified.value;
  if (actor.municipalityCode !== gate.municipalityCode) return refuse('not_allowed');
  if (!mayCall(actor, operation, gate.policy.version)) return refuse('not_allowed');
  return ok(actor);
}

async function admitPermit(actor: ActorClaims, token: string | undefined, gate: Gate) {
  if (token === undefined) return ok(undefined);
  const permit = await gate.tokens.verify('permit', token);
  if (!permit.ok || permit.value.operatorId !== actor.sub) return refuse('case_required');
  return ok(permit.value);
}

async function admitGrant(actor: ActorClaims, token: string | undefined, gate: Gate) {
  if (token === undefined) return ok(undefined);
  const grant = await gate.tokens.verify('grant', token);
  if (!grant.ok || grant.value.operatorId !== actor.sub || grant.value.role !== actor.role)
    return refuse('grant_required');
  return ok(grant.value);
}

/** Does the grant name every resident that the request is about? */
export function coversResidents(
  operation: AnyOperation,
  request: RequestOf<AnyOperation>,
  grant: GrantClaims | undefined,
): boolean {
  if (operation.needs !== 'grant') return true;
  if (!grant) return false;
  const residents = operation.residentsOf?.(request) ?? [];
  return residents.every((id) => grant.residents.includes(id));
}

const present = <K extends string, V>(key: K, value: V | undefined) =>
  value === undefined ? {} : ({ [key]: value } as Record<K, V>);

/** Who acts, in which case and what for, as every audit row of the operation says. */
function whoOf(
  actor: ActorClaims,
  caller: { permit: CasePermitClaims | undefined; grant: GrantClaims | undefined },
  correlationId: string,
): Who {
  const { permit, grant } = caller;
  return {
    municipalityCode: actor.municipalityCode,
    actorId: actor.sub,
    role: actor.role,
    correlationId,
    ...present('organisation', actor.organisation || undefined),
    ...present('terminalId', actor.terminalId),
    ...present('sessionId', actor.sessionId),
    ...present('policyVersion', actor.policyVersion || undefined),
    ...present('caseId', grant?.caseId ?? permit?.caseId),
    ...present('purpose', grant?.purposes[0]),
  };
}

/** Checks a request's headers before its body is even parsed. */
export async function admit(
  operation: AnyOperation,
  headers: MsgHdrs | undefined,
  gate: Gate,
): Promise<Result<OperationContext>> {
  const read = (name: keyof typeof HEADER): string | undefined => {
    const value = headers?.get(HEADER[name]);
    return value === '' ? undefined : value;
  };
  const deadline = Number(read('deadline') ?? Date.now() + operation.timeLimitMs);
  if (!(deadline > Date.now())) return refuse('deadline_exceeded');
  const tokens = { actor: read('actor'), permit: read('permit'), grant: read('grant') };
  const actor = await admitActor(operation, tokens.actor, gate);
  if (!actor.ok) return actor;
  const permit = await admitPermit(actor.value, tokens.permit, gate);
  if (!permit.ok) return permit;
  if (operation.needs === 'case' && !permit.value) return refuse('case_required');
  const grant = await admitGrant(actor.value, tokens.grant, gate);
  if (!grant.ok) return grant;
  if (operation.needs === 'grant' && !grant.value) return refuse('grant_required');
  if (grant.value && permit.value && grant.value.caseId !== permit.value.caseId)
    return refuse('grant_required');
  const idempotencyKey = read('idempotencyKey');
  if (operation.idempotent && idempotencyKey === undefined)
    return refuse('idempotency_key_missing');
  const correlationId = read('correlation') ?? newId();
  return ok({
    actor: actor.value,
    deadline,
    correlationId,
    municipalityCode: gate.municipalityCode,
    who: whoOf(actor.value, { permit: permit.value, grant: grant.value }, correlationId),
    ...present('actorToken', tokens.actor),
    ...present('permit', permit.value),
    ...present('permitToken', tokens.permit),
    ...present('grant', grant.value),
    ...present('grantToken', tokens.grant),
    ...present('idempotencyKey', idempotencyKey),
  });
}

import type { ActorClaims, AnyOperation, Role } from '@madoguchi/contracts';

const WITHOUT_TERMINAL: readonly Role[] = ['phone-agent', 'resident', 'service'];

/**
 * May this actor call this operation at all? Beyond the role: an enrolled terminal, working hours and
 * the policy version in force, the "always none" of the authorisation table.
 */
export function mayCall(
  actor: ActorClaims,
  operation: AnyOperation,
  policyVersion: string,
): boolean {
  if (operation.allow === 'anyone') return true;
  if (!operation.allow.includes(actor.role)) return false;
  if (WITHOUT_TERMINAL.includes(actor.role)) return true;
  return actor.terminalEnrolled && actor.withinHours && actor.policyVersion === policyVersion;
}

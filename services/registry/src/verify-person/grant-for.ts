import type { Purpose } from '@madoguchi/contracts';
import { TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import type { OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';

export type Granted = {
  caseId: string;
  residentId: string;
  residentProtected: boolean;
  purpose: Purpose;
  /** Present at the supervisor desk. */
  approvalId: string | undefined;
  /** Those verified before in the same case, in the same way. */
  alongside?: readonly string[];
};

/** Signs what policy gives to this person, for this purpose, in this case. */
export async function grantFor(runtime: Runtime, context: OperationContext, granted: Granted) {
  const { actor } = context;
  const classes = runtime.policy.decideFieldClasses({
    actor,
    purpose: granted.purpose,
    hasGrant: true,
    residentProtected: granted.residentProtected,
    approvedBySecondPerson: granted.approvalId !== undefined,
    now: runtime.clock.now(),
  });
  const { token, expiresAt } = await runtime.tokens.sign(
    'grant',
    {
      caseId: granted.caseId,
      operatorId: actor.sub,
      role: actor.role,
      municipalityCode: actor.municipalityCode,
      residents: [...new Set([...(granted.alongside ?? []), granted.residentId])],
      purposes: [granted.purpose],
      classes,
      ...(granted.approvalId === undefined ? {} : { approvalId: granted.approvalId }),
    },
    TOKEN_LIFETIME_MS.grant,
  );
  return { grant: token, grantExpiresAt: expiresAt.toISOString() };
}

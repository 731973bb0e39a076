import type { ActorClaims, CasePermitClaims, GrantClaims, Role } from '@madoguchi/contracts';
import { SERVICES } from '@madoguchi/contracts';
import type { Clock } from '@madoguchi/kernel';
import { newId } from '@madoguchi/kernel';
import type { KeyPair } from '@madoguchi/policy';
import { createPolicy, createTokens, generateSigningKey, POLICY_VERSION } from '@madoguchi/policy';

export const MUNICIPALITY = '131237';
const LIFETIME_MS = 300_000;

export type GrantWanted = Pick<GrantClaims, 'operatorId' | 'residents' | 'purposes'> &
  Partial<GrantClaims>;

/** Keys of every issuer, and the tokens a test needs of them. */
export async function testTokens(clock: Clock) {
  const pairs = new Map<string, KeyPair>();
  for (const service of SERVICES) pairs.set(service, await generateSigningKey(service));
  const pairOf = (service: string): KeyPair => {
    const pair = pairs.get(service);
    if (!pair) throw new Error(`no key for ${service}`);
    return pair;
  };
  const ring = [...pairs.values()].map((pair) => pair.verification);
  const signer = (service: string) =>
    createTokens({ signing: pairOf(service).signing, ring, clock });
  const policy = createPolicy();
  const atWork = { terminalEnrolled: true, withinHours: true, policyVersion: POLICY_VERSION };

  return {
    ring,
    pairOf,
    /** A worker at an enrolled terminal in working hours, or what the claims say. */
    actor: async (role: Role, claims: Partial<ActorClaims> = {}) => {
      const id = claims.sub ?? newId();
      const base = {
        sub: id,
        role,
        municipalityCode: MUNICIPALITY,
        organisation: 'contractor',
        sessionId: newId(),
        terminalId: newId(),
        ...atWork,
      };
      const { token } = await signer('staff').sign('actor', { ...base, ...claims }, LIFETIME_MS);
      return { id, token };
    },
    /** An open call case of this operator. */
    permit: async (operatorId: string, claims: Partial<CasePermitClaims> = {}) => {
      const caseId = claims.caseId ?? newId();
      const base = {
        kind: 'call' as const,
        operatorId,
        municipalityCode: MUNICIPALITY,
        atDesk: false,
      };
      const { token } = await signer('calls').sign(
        'permit',
        { caseId, ...base, ...claims },
        LIFETIME_MS,
      );
      return { caseId, token };
    },
    /** A grant as the registry would sign it after verification. */
    grant: async (claims: GrantWanted) => {
      const role = claims.role ?? 'operator';
      const classes = policy.decideFieldClasses({
        actor: { role, ...atWork },
        purpose: claims.purposes[0] ?? 'inquiry',
        hasGrant: true,
        residentProtected: false,
        approvedBySecondPerson: false,
        now: clock.now(),
      });
      const base = { role, caseId: newId(), municipalityCode: MUNICIPALITY, classes };
      const { token } = await signer('registry').sign('grant', { ...base, ...claims }, LIFETIME_MS);
      return token;
    },
  };
}

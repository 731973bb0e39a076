import type { Role } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { testTokens } from '@madoguchi/testing/test-tokens';

type Tokens = Pick<Awaited<ReturnType<typeof testTokens>>, 'actor' | 'grant'>;

/** Invented residents as the registry would tell of them; born 1960, at home since. */
export const INSERT_RESIDENTS = /* sql */ `
INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
SELECT id, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false FROM unnest($1::uuid[]) AS id`;

export const newResidents = (count: number): string[] => Array.from({ length: count }, newId);

/** What an operator of this role has in hand who serves a verified resident in a case of their own. */
export async function serve(tokens: Tokens, residentId: string, role: Role = 'operator') {
  const operator = await tokens.actor(role);
  const caseId = newId();
  const grant = await tokens.grant({
    operatorId: operator.id,
    role,
    residents: [residentId],
    purposes: ['reservation'],
    caseId,
  });
  return { residentId, caseId, me: { actorToken: operator.token, grant } };
}

export type Caller = Awaited<ReturnType<typeof serve>>;

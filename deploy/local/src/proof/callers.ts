import type { Role } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { testTokens } from '@madoguchi/testing/test-tokens';

type Tokens = Pick<Awaited<ReturnType<typeof testTokens>>, 'actor' | 'grant' | 'permit'>;

/** Invented residents as the registry would tell of them; born 1960, at home since. */
export const INSERT_RESIDENTS = /* sql */ `
INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
SELECT id, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', false FROM unnest($1::uuid[]) AS id`;

export const newResidents = (count: number): string[] => Array.from({ length: count }, newId);

/** What an operator of this role has in hand who serves verified residents in a case of their own. */
export async function serveAll(
  tokens: Tokens,
  residents: string[],
  role: Role = 'operator',
): Promise<Caller> {
  const operator = await tokens.actor(role);
  const caseId = newId();
  const grant = await tokens.grant({
    operatorId: operator.id,
    role,
    residents,
    purposes: ['reservation'],
    caseId,
  });
  const [residentId = ''] = residents;
  return { residentId, caseId, me: { actorToken: operator.token, grant } };
}

export type Caller = {
  residentId: string;
  caseId: string;
  me: { actorToken: string; grant: string; permit?: string };
};

/** The same for one resident. */
export async function serve(tokens: Tokens, residentId: string, role?: Role): Promise<Caller> {
  return serveAll(tokens, [residentId], role);
}

/** City staff at a venue, who serve somebody that stands there. */
export async function serveAtVenue(tokens: Tokens, residentId: string): Promise<Caller> {
  const staff = await tokens.actor('city-staff');
  const permit = await tokens.permit(staff.id, { kind: 'venue-visit' });
  const grant = await tokens.grant({
    operatorId: staff.id,
    role: 'city-staff',
    residents: [residentId],
    purposes: ['venue-day'],
    caseId: permit.caseId,
  });
  const me = { actorToken: staff.token, grant, permit: permit.token };
  return { residentId, caseId: permit.caseId, me };
}

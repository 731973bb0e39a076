import { createHmac } from 'node:crypto';
import { TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import type { Runtime } from '@madoguchi/service';
import type { CaseRow } from './case-store.ts';

/** Keyed digest of a calling number, so that it can be compared without being sent along. */
export function numberDigest(lookupKey: string, number: string): string {
  return createHmac('sha256', Buffer.from(lookupKey, 'base64url'))
    .update(number)
    .digest('base64url');
}

/** Signs that this case is open and whose it is. */
export async function permitFor(runtime: Runtime, row: CaseRow, operatorId: string) {
  const { token, expiresAt } = await runtime.tokens.sign(
    'permit',
    {
      caseId: row.id,
      kind: row.kind,
      operatorId,
      municipalityCode: runtime.config.MUNICIPALITY_CODE,
      atDesk: row.state === 'referred',
      ...(row.residentIds.length === 0 ? {} : { residents: row.residentIds }),
      ...(row.fromNumber === null
        ? {}
        : { callerNumberDigest: numberDigest(runtime.config.LOOKUP_KEY, row.fromNumber) }),
    },
    TOKEN_LIFETIME_MS.permit,
  );
  return { permit: token, permitExpiresAt: expiresAt.toISOString() };
}

import type { GrantClaims, renewGrant as RenewGrant } from '@madoguchi/contracts';
import { TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { useApproval } from '../store/approval-store.ts';
import { allUnprotected } from '../store/resident-store.ts';

/** Someone who became protected since is closed at once; an approval ends when its time is over. */
async function stillHolds(tx: Transaction, grant: GrantClaims, now: Date): Promise<boolean> {
  const { approvalId, caseId, operatorId } = grant;
  if (approvalId === undefined)
    return allUnprotected(tx.query, grant.municipalityCode, grant.residents);
  const kind = grant.purposes.includes('emergency') ? 'break-glass' : 'desk-verification';
  return useApproval(tx.query, kind, { approvalId, caseId, operatorId, now });
}

/** A fresh grant with the same content, as long as the case's own permit is fresh too. */
export function renewGrant(runtime: Runtime): Handler<typeof RenewGrant> {
  return async (_request, context) => {
    const { grant, permit } = context;
    if (!grant || !permit) return refuse('case_required');
    const holds = await runtime.database.transaction(context.who, async (tx) => {
      const still = await stillHolds(tx, grant, runtime.clock.now());
      if (!still)
        tx.audit({
          action: 'verification-refused',
          operation: 'registry.renew-grant',
          outcome: 'refused',
          residents: grant.residents,
        });
      return still;
    });
    if (!holds) return refuse('verification_closed');
    const { iss: _iss, jti: _jti, iat: _iat, exp: _exp, ...content } = grant;
    const { token, expiresAt } = await runtime.tokens.sign(
      'grant',
      content,
      TOKEN_LIFETIME_MS.grant,
    );
    return ok({ grant: token, grantExpiresAt: expiresAt.toISOString() });
  };
}

import type { authenticateAgent as AuthenticateAgent } from '@madoguchi/contracts';
import { TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { findAgent } from '../store/agent-keys.ts';
import { digestOfSecret } from '../store/digest.ts';

/** Actor token for a machine that holds an API key. */
export function authenticateAgent(runtime: Runtime): Handler<typeof AuthenticateAgent> {
  return async (request, context) => {
    const agentId = await runtime.database.transaction(context.who, async (tx) => {
      const found = await findAgent(tx.query, digestOfSecret(request.apiKey));
      if (found === undefined)
        tx.audit({
          action: 'sign-in-refused',
          operation: 'staff.authenticate-agent',
          outcome: 'refused',
        });
      return found;
    });
    if (agentId === undefined) return refuse('unauthenticated');
    const { token, expiresAt } = await runtime.tokens.sign(
      'actor',
      {
        sub: agentId,
        role: 'phone-agent',
        municipalityCode: runtime.config.MUNICIPALITY_CODE,
        organisation: 'phone-agent',
        terminalEnrolled: false,
        withinHours: true,
        policyVersion: runtime.policy.version,
      },
      TOKEN_LIFETIME_MS.actor,
    );
    return ok({ actorToken: token, actorExpiresAt: expiresAt.toISOString(), agentId });
  };
}

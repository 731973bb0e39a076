import type { authenticateAgent as AuthenticateAgent } from '@madoguchi/contracts';
import { TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { digestOfSecret } from '../store/digest.ts';

/** Actor token for a machine that holds an API key. */
export function authenticateAgent(runtime: Runtime): Handler<typeof AuthenticateAgent> {
  return async (request, context) => {
    const agent = await runtime.database.transaction(context.who, async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        `SELECT id FROM api_key WHERE key_digest = $1 AND active`,
        [digestOfSecret(request.apiKey)],
      );
      if (!row)
        tx.audit({
          action: 'sign-in-refused',
          operation: 'staff.authenticate-agent',
          outcome: 'refused',
        });
      return row;
    });
    if (!agent) return refuse('unauthenticated');
    const { token, expiresAt } = await runtime.tokens.sign(
      'actor',
      {
        sub: agent.id,
        role: 'phone-agent',
        municipalityCode: runtime.config.MUNICIPALITY_CODE,
        organisation: 'phone-agent',
        terminalEnrolled: false,
        withinHours: true,
        policyVersion: runtime.policy.version,
      },
      TOKEN_LIFETIME_MS.actor,
    );
    return ok({ actorToken: token, actorExpiresAt: expiresAt.toISOString(), agentId: agent.id });
  };
}

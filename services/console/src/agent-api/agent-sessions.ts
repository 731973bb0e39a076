import { randomBytes } from 'node:crypto';
import { authenticateAgent, TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { TokenBuckets } from '@madoguchi/http';
import { ok, refuse } from '@madoguchi/kernel';
import type { Call } from '@madoguchi/messaging';

export type AgentActor = { agentId: string; actorToken: string; renewedAt: number };

/** A caller whom an agent identified: good for that agent only, until the grant ends. */
export type AgentSession = {
  agentId: string;
  caseId: string;
  permit: string;
  grant: string;
  residentId: string;
  expiresAt: number;
};

/** Machine agents by their keys, and the callers they identified. */
export class AgentSessions {
  readonly #call: Call;
  readonly #newKeys = new TokenBuckets({ capacity: 20, perSecond: 0.2 });
  readonly #actors = new Map<string, AgentActor>();
  readonly #sessions = new Map<string, AgentSession>();

  constructor(call: Call) {
    this.#call = call;
  }

  /** The agent behind a bearer key; asked of staff again each minute. New keys of one place are few a minute. */
  async actor(
    authorization: string | undefined,
    place: string,
  ): Promise<Result<AgentActor, Refusal>> {
    const key = /^Bearer (\S{20,200})$/u.exec(authorization ?? '')?.[1];
    if (key === undefined) return refuse('unauthenticated');
    const known = this.#actors.get(key);
    if (known && Date.now() - known.renewedAt < 60_000) return ok(known);
    // One that was good is asked about again for nothing, so that nobody's guesses lock it out.
    const wait = known ? 0 : this.#newKeys.take(place, 1, Date.now());
    if (wait > 0) return refuse('rate_limited', { retryAfterMs: wait });
    const answer = await this.#call(authenticateAgent, { apiKey: key }, {});
    if (!answer.ok) {
      if (answer.refusal.code === 'unauthenticated') this.#actors.delete(key);
      return answer;
    }
    const actor = {
      agentId: answer.value.agentId,
      actorToken: answer.value.actorToken,
      renewedAt: Date.now(),
    };
    this.#actors.set(key, actor);
    return ok(actor);
  }

  open(session: Omit<AgentSession, 'expiresAt'>): string {
    const now = Date.now();
    for (const [id, old] of this.#sessions) if (old.expiresAt < now) this.#sessions.delete(id);
    const id = randomBytes(32).toString('base64url');
    this.#sessions.set(id, { ...session, expiresAt: now + TOKEN_LIFETIME_MS.grant });
    return id;
  }

  find(id: string, agentId: string): Result<AgentSession, Refusal> {
    const session = this.#sessions.get(id);
    if (!session || session.agentId !== agentId || session.expiresAt < Date.now())
      return refuse('grant_required');
    return ok(session);
  }

  close(id: string): void {
    this.#sessions.delete(id);
  }
}

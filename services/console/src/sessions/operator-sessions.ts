import { createHash } from 'node:crypto';
import type { ReplyOf } from '@madoguchi/contracts';
import { renewActor, TOKEN_LIFETIME_MS } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok } from '@madoguchi/kernel';
import type { Call } from '@madoguchi/messaging';

type SignedIn = ReplyOf<typeof renewActor>;

/** What the browser shows of itself, beside its session. */
export type BrowserProof = { terminalSecret: string | undefined; userAgentClass: string };

export type OperatorSession = BrowserProof &
  SignedIn & {
    secret: string;
    sessionId: string;
    /** Epoch milliseconds of the last renewal. */
    renewedAt: number;
  };

/** A session that is used is renewed this often, which is also how soon a suspension is felt. */
const RENEW_AFTER_MS = 60_000;
/** A desk's token is renewed when it has less than this to live. */
const RENEW_BEFORE_MS = 90_000;

const digestOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** The session id inside an actor token; the token itself was just signed by staff. */
function sessionIdOf(actorToken: string): string {
  const claims: unknown = JSON.parse(
    Buffer.from(actorToken.split('.')[1] ?? '', 'base64url').toString(),
  );
  return typeof claims === 'object' && claims !== null && 'sessionId' in claims
    ? String(claims.sessionId)
    : '';
}

/** Sessions this console holds; any other one is asked of staff, so that no sticky bus is needed. */
export class OperatorSessions {
  readonly #call: Call;
  readonly #held = new Map<string, OperatorSession>();

  constructor(call: Call) {
    this.#call = call;
  }

  hold(secret: string, signedIn: SignedIn, proof: BrowserProof): OperatorSession {
    const session = {
      ...signedIn,
      terminalSecret: proof.terminalSecret,
      userAgentClass: proof.userAgentClass,
      secret,
      sessionId: sessionIdOf(signedIn.actorToken),
      renewedAt: Date.now(),
    };
    this.#held.set(digestOf(secret), session);
    return session;
  }

  /** The live session behind a cookie, renewed where it is due; a refusal of staff ends it here too. */
  async find(secret: string, proof: BrowserProof): Promise<Result<OperatorSession, Refusal>> {
    const key = digestOf(secret);
    const held = this.#held.get(key);
    const sameBrowser =
      held?.terminalSecret === proof.terminalSecret &&
      held?.userAgentClass === proof.userAgentClass;
    if (held && sameBrowser && Date.now() - held.renewedAt < RENEW_AFTER_MS) return ok(held);
    const renewed = await this.#call(
      renewActor,
      { sessionSecret: secret, ...this.#proofOf(proof) },
      {},
    );
    if (!renewed.ok) {
      if (renewed.refusal.code === 'unauthenticated') this.#held.delete(key);
      // Messaging being away does not end a session whose token still holds.
      const stillGood =
        held && sameBrowser && Date.now() - held.renewedAt < TOKEN_LIFETIME_MS.actor - 10_000;
      return stillGood && renewed.refusal.code === 'messaging_unavailable' ? ok(held) : renewed;
    }
    return ok(this.hold(secret, renewed.value, proof));
  }

  /**
   * The session of a desk with a token that still holds: calls arrive also for an operator who has sent
   * nothing for longer than a token lives. A session that staff no longer renews comes back as it was.
   */
  async keepFresh(session: OperatorSession, now: Date): Promise<OperatorSession> {
    const held = this.#held.get(digestOf(session.secret)) ?? session;
    if (Date.parse(held.actorExpiresAt) - now.getTime() > RENEW_BEFORE_MS) return held;
    const renewed = await this.#call(
      renewActor,
      { sessionSecret: held.secret, ...this.#proofOf(held) },
      {},
    );
    return renewed.ok ? this.hold(held.secret, renewed.value, held) : held;
  }

  /** A session with the fresh second factor in its token. */
  replaceActor(
    session: OperatorSession,
    actor: { actorToken: string; actorExpiresAt: string },
  ): void {
    Object.assign(session, actor, { renewedAt: Date.now() });
  }

  forget(sessionId: string): void {
    for (const [key, session] of this.#held)
      if (session.sessionId === sessionId) this.#held.delete(key);
  }

  #proofOf(proof: BrowserProof) {
    const { terminalSecret, userAgentClass } = proof;
    return terminalSecret === undefined ? { userAgentClass } : { userAgentClass, terminalSecret };
  }
}

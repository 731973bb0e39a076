import { hash } from 'node:crypto';
import { ActorClaims, CasePermitClaims, GrantClaims } from '@madoguchi/contracts';
import type { Clock, Refusal, Result } from '@madoguchi/kernel';
import { newId, ok, refuse } from '@madoguchi/kernel';
import { SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import type { z } from 'zod';
import type { SigningKey, VerificationKey } from './keys.ts';
import { importKey } from './keys.ts';
import { signedReader } from './read-signed.ts';

/** The three kinds of token: their JWS type, the only issuer accepted, and their claims. */
const KINDS = {
  actor: { typ: 'md-actor+jwt', issuer: 'staff', claims: ActorClaims },
  permit: { typ: 'md-permit+jwt', issuer: 'calls', claims: CasePermitClaims },
  grant: { typ: 'md-grant+jwt', issuer: 'registry', claims: GrantClaims },
} as const;
type Kind = keyof typeof KINDS;
type ClaimsOf<K extends Kind> = z.infer<(typeof KINDS)[K]['claims']>;

/** What the signer adds by itself. */
type Stamped = 'iss' | 'jti' | 'iat' | 'exp';
export type TokenRefusal = Refusal<'unauthenticated'>;

export type Tokens = {
  sign<K extends Kind>(
    kind: K,
    claims: Omit<ClaimsOf<K>, Stamped>,
    lifetimeMs: number,
  ): Promise<{ token: string; expiresAt: Date }>;
  verify<K extends Kind>(kind: K, token: string): Promise<Result<ClaimsOf<K>, TokenRefusal>>;
  /** From now on nothing of this case, or session, is accepted. */
  revoke(id: string): void;
};

export type TokensOptions = {
  signing?: SigningKey | undefined;
  ring: readonly VerificationKey[];
  clock: Clock;
  /** Most verified tokens kept; the oldest goes first. */
  cacheSize?: number;
};

/** Tokens live at most this long, so that is how long a revocation must be remembered. */
const LONGEST_LIFETIME_MS = 15 * 60_000;

const nobody = (): Result<never, TokenRefusal> => refuse('unauthenticated');

/** May this issuer sign this token? Actors of role `service` are signed by the service itself. */
function issuerAllowed(kind: Kind, claims: { iss: string; role?: string; sub?: string }): boolean {
  if (claims.iss === KINDS[kind].issuer) return kind !== 'actor' || claims.role !== 'service';
  return kind === 'actor' && claims.role === 'service' && claims.sub === claims.iss;
}

export function createTokens(options: TokensOptions): Tokens {
  const { signing, ring, clock, cacheSize = 50_000 } = options;
  const cache = new Map<string, { claims: unknown; expiresAtMs: number }>();
  const revoked = new Map<string, number>();
  const readSigned = signedReader(ring);
  let imported: Promise<CryptoKey> | undefined;
  const nowMs = (): number => clock.now().getTime();

  const isRevoked = (claims: {
    caseId?: string | undefined;
    sessionId?: string | undefined;
    jti: string;
  }): boolean =>
    [claims.caseId, claims.sessionId, claims.jti].some((id) => id !== undefined && revoked.has(id));
  const remember = (digest: string, claims: { exp: number }): void => {
    if (cache.size >= cacheSize) {
      const oldest = cache.keys().next().value;
      if (oldest !== undefined) cache.delete(oldest);
    }
    cache.set(digest, { claims, expiresAtMs: claims.exp * 1000 });
  };

  async function checkSignature<K extends Kind>(kind: K, token: string) {
    const claims = readSigned(token, { typ: KINDS[kind].typ, nowMs: nowMs() });
    const parsed = KINDS[kind].claims.safeParse(claims);
    return parsed.success ? (parsed.data as ClaimsOf<K>) : undefined;
  }

  return {
    async sign(kind, claims, lifetimeMs) {
      if (!signing) throw new Error('this service holds no signing key');
      const iat = Math.floor(nowMs() / 1000);
      const exp = Math.floor((nowMs() + lifetimeMs) / 1000);
      const body = { ...claims, iss: signing.issuer, jti: newId(nowMs()), iat, exp };
      if (!issuerAllowed(kind, body)) throw new Error(`${signing.issuer} may not sign a ${kind}`);
      const token = await new SignJWT(body)
        .setProtectedHeader({ alg: 'EdDSA', kid: signing.kid, typ: KINDS[kind].typ })
        .sign(await (imported ??= importKey(signing.jwk)));
      return { token, expiresAt: new Date(exp * 1000) };
    },

    async verify<K extends Kind>(kind: K, token: string) {
      const digest = `${kind}:${hash('sha256', token, 'base64url')}`;
      const known = cache.get(digest);
      const claims =
        known && known.expiresAtMs > nowMs()
          ? (known.claims as ClaimsOf<K>)
          : await checkSignature(kind, token).catch(() => undefined);
      if (!claims || !issuerAllowed(kind, claims) || isRevoked(claims)) return nobody();
      if (!known) remember(digest, claims);
      return ok(claims);
    },

    revoke(id) {
      const now = nowMs();
      for (const [old, until] of revoked) if (until < now) revoked.delete(old);
      revoked.set(id, now + LONGEST_LIFETIME_MS);
    },
  };
}

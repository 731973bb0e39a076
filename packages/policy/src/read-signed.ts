import sodium from 'sodium-native';
import type { VerificationKey } from './keys.ts';

/** Compact serialisation (RFC 7515 §7.1) with the 64 bytes of an Ed25519 signature. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;
const ALGORITHMS: readonly unknown[] = ['EdDSA', 'Ed25519'];
/** A signer writes one head for all tokens of a kind; more of them are a stranger's. */
const MOST_HEADS = 100;

type Signer = { key: Buffer; issuer: string; typ: unknown };

const decoded = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;

const isSigned = (signed: string, signature: string, key: Buffer): boolean =>
  sodium.crypto_sign_verify_detached(Buffer.from(signature, 'base64url'), Buffer.from(signed), key);

/** The 32 bytes of an Ed25519 public key (RFC 8037 §2). */
function publicKeyOf({ kid, jwk }: VerificationKey): Buffer {
  const key = Buffer.from(jwk.x ?? '', 'base64url');
  if (jwk.crv !== 'Ed25519' || key.length !== sodium.crypto_sign_PUBLICKEYBYTES)
    throw new TypeError(`key ${kid} is no Ed25519 public key`);
  return key;
}

/** Their time has not run out (RFC 7519 §4.1.4). */
const isCurrent = ({ exp }: Record<string, unknown>, nowMs: number): boolean =>
  typeof exp === 'number' && exp > Math.floor(nowMs / 1000);

/**
 * Gives a function that reads the claims of a signed token: only EdDSA, only a key of the ring, only of the
 * issuer that the key is good for, only the type asked for, only within its time. Anything else is undefined,
 * or throws where it is no token at all. Less than half of what a general JWT library takes, which counts where every
 * request brings a grant of its own.
 */
export function signedReader(ring: readonly VerificationKey[]) {
  const keys = new Map<string, Omit<Signer, 'typ'>>();
  for (const key of ring) keys.set(key.kid, { issuer: key.issuer, key: publicKeyOf(key) });
  const heads = new Map<string, Signer>();

  function signerOf(head: string): Signer | undefined {
    const known = heads.get(head);
    if (known) return known;
    const { alg, kid, typ, crit, b64 } = decoded(head);
    const key = typeof kid === 'string' ? keys.get(kid) : undefined;
    const plain = ALGORITHMS.includes(alg) && crit === undefined && b64 === undefined;
    if (!key || !plain) return undefined;
    const signer = { ...key, typ };
    if (heads.size < MOST_HEADS) heads.set(head, signer);
    return signer;
  }

  return (
    token: string,
    wanted: { typ: string; nowMs: number },
  ): Record<string, unknown> | undefined => {
    const [, head = '', body = '', signature = ''] = COMPACT.exec(token) ?? [];
    const signer = head === '' ? undefined : signerOf(head);
    if (signer?.typ !== wanted.typ) return undefined;
    if (!isSigned(`${head}.${body}`, signature, signer.key)) return undefined;
    const claims = decoded(body);
    const good = claims['iss'] === signer.issuer && isCurrent(claims, wanted.nowMs);
    return good ? claims : undefined;
  };
}

import { exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';

/** A private key with its id and the issuer it signs for. */
export type SigningKey = { kid: string; issuer: string; jwk: JWK };
/** Public keys by key id; each is good for one issuer only. */
export type VerificationKey = { kid: string; issuer: string; jwk: JWK };

export type KeyPair = { signing: SigningKey; verification: VerificationKey };

/** A new Ed25519 pair for one issuer; the private half stays with that service. */
export async function generateSigningKey(issuer: string): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const kid = `${issuer}-${crypto.randomUUID().slice(0, 8)}`;
  return {
    signing: { kid, issuer, jwk: await exportJWK(privateKey) },
    verification: { kid, issuer, jwk: await exportJWK(publicKey) },
  };
}

export async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, 'EdDSA');
  if (key instanceof Uint8Array) throw new TypeError('an Ed25519 key is expected');
  return key;
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A payload under AES-256-GCM; algorithm and key id travel with it so that keys can change. */
export type SealedPayload = { alg: 'A256GCM'; kid: string; iv: string; tag: string; data: string };

/** Seals and opens payloads that carry personal data. */
export type EventKey = {
  seal(payload: unknown, subject: string): SealedPayload;
  open(sealed: SealedPayload, subject: string): unknown;
};

/** @param secret 32 bytes, base64url; the subject is bound in, so a payload cannot change places */
export function createEventKey(secret: string, kid = 'k1'): EventKey {
  const key = Buffer.from(secret, 'base64url');
  if (key.length !== 32) throw new RangeError('EVENT_KEY must be 32 bytes in base64url');
  return {
    seal(payload, subject) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(subject));
      const data = Buffer.concat([cipher.update(JSON.stringify(payload), 'utf8'), cipher.final()]);
      return {
        alg: 'A256GCM',
        kid,
        iv: iv.toString('base64url'),
        tag: cipher.getAuthTag().toString('base64url'),
        data: data.toString('base64url'),
      };
    },
    open(sealed, subject) {
      if (sealed.kid !== kid) throw new Error(`payload is sealed with key ${sealed.kid}`);
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64url'));
      decipher.setAAD(Buffer.from(subject)).setAuthTag(Buffer.from(sealed.tag, 'base64url'));
      const data = Buffer.from(sealed.data, 'base64url');
      return JSON.parse(Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8'));
    },
  };
}

import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. A 256-bit secret needs no slow hash. */
export function digestOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A code that can be read out: two groups of four, no confusable characters. */
export function newSpokenCode(): string {
  const letters = Array.from(randomBytes(8), (byte) => LETTERS[byte % LETTERS.length]);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

import type { Compared } from './compare-items.ts';

/**
 * What shows, where nobody hears a voice, that whoever says the items is that person: a one-time code that
 * was sent to a contact on record and came back, or the number of the register, as letters have it.
 */
export type Proof = 'codeToContactOnRecord' | 'addresseeNumber';

/** A keyed digest of the contact the code was sent to; the number as it was typed. */
export type Proofs = Partial<Record<Proof, string | undefined>>;

const HOLDS: Record<Proof, (given: string, person: Compared) => boolean> = {
  codeToContactOnRecord: (digest, person) => person.telephoneDigests.includes(digest),
  addresseeNumber: (typed, person) => typed.normalize('NFKC').trim() === person.addresseeNumber,
};

/** One is enough; one that is another person's spoils the other. */
export function isProven(asked: readonly Proof[], given: Proofs, person: Compared): boolean {
  const held = asked.flatMap((proof) => {
    const value = given[proof];
    return value === undefined ? [] : [HOLDS[proof](value, person)];
  });
  return held.length > 0 && held.every(Boolean);
}

import { addressParts, kanaKeys, toKatakana } from '@madoguchi/kernel';

/** Rules of this file; raised with them, so that the keys of older rules are derived again. */
export const KEYS_VERSION = 1;

/** Keys that a person is looked up by, beside what they came from; never shown. */
export type SearchKeys = {
  /** k4 of the whole name in kana: for candidates, not for a match. */
  kanaLoose: string | null;
  /** k2 of the family and of the given name, where the register parts them by a space. */
  kanaFamily: string | null;
  kanaGiven: string | null;
  /** `町:丁目-番`, and with 号. */
  placeBlock: string | null;
  placeKey: string | null;
};

const NO_KANA = { kanaLoose: null, kanaFamily: null, kanaGiven: null };

/** Family and given name in kana; the given name is empty for a mononym. */
export function kanaParts(nameKana: string): { family: string; given: string } {
  const [family = '', ...given] = toKatakana(nameKana)
    .trim()
    .split(/[\s・]+/u);
  return { family: kanaKeys(family).k2, given: kanaKeys(given.join('')).k2 };
}

export function placeKeys(address: string): Pick<SearchKeys, 'placeBlock' | 'placeKey'> {
  const parts = addressParts(address);
  if (!parts || parts.numbers.length === 0) return { placeBlock: null, placeKey: null };
  const key = (numbers: readonly number[]): string => `${parts.town}:${numbers.join('-')}`;
  return { placeBlock: key(parts.numbers.slice(0, 2)), placeKey: key(parts.numbers) };
}

export function searchKeysOf(person: { nameKana: string | null; address: string }): SearchKeys {
  const place = placeKeys(person.address);
  if (person.nameKana === null) return { ...NO_KANA, ...place };
  const { family, given } = kanaParts(person.nameKana);
  return {
    kanaLoose: kanaKeys(person.nameKana).k4,
    kanaFamily: family,
    kanaGiven: given,
    ...place,
  };
}

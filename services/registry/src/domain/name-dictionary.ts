import { kanaKeys } from '@madoguchi/kernel';
import { editDistance, withOneLeftOut } from './edit-distance.ts';

/** Names of one kind (family or given) as the register has them, to correct a mistyped one against. */
export type NameList = {
  /** Those that sound the same, by k4. */
  same(k2: string): readonly string[];
  /** Those one character away, in k2 or k4; the same ones among them. */
  near(k2: string): readonly string[];
};

/** A pair of names that are on the register, by k2. */
export type NamePair = { family: string; given: string };

/** A few thousand distinct names; found by what is left when one character is left out. */
export function nameList(names: Iterable<string>): NameList {
  const bySound = new Map<string, string[]>();
  const byRest = new Map<string, string[]>();
  const put = (map: Map<string, string[]>, key: string, name: string): void => {
    const list = map.get(key);
    if (list) list.push(name);
    else map.set(key, [name]);
  };
  for (const name of new Set(names)) {
    const { k4 } = kanaKeys(name);
    put(bySound, k4, name);
    for (const rest of new Set([...withOneLeftOut(name), ...withOneLeftOut(k4)]))
      put(byRest, rest, name);
  }
  const isNear = (name: string, k2: string, k4: string): boolean =>
    editDistance(name, k2, 1) <= 1 || editDistance(kanaKeys(name).k4, k4, 1) <= 1;
  return {
    same: (k2) => bySound.get(kanaKeys(k2).k4) ?? [],
    near(k2) {
      const { k4 } = kanaKeys(k2);
      const rests = new Set([...withOneLeftOut(k2), ...withOneLeftOut(k4)]);
      const found = new Set([...rests].flatMap((rest) => byRest.get(rest) ?? []));
      return [...found].filter((name) => isNear(name, k2, k4));
    },
  };
}

/** More pairs than this say that the name is too short to be corrected. */
const MOST_PAIRS = 400;

/** Corrections of what was typed, by how they differ from it. */
export type Corrections = {
  /** One kana was taken for another. */
  replaced: NamePair[];
  /** One was too many or too few, or only the sound is near. */
  others: NamePair[];
};

/** Family and given name as they were parted, or every way in which they could be. */
function parts(typed: string): [family: string, given: string][] {
  const [first = '', ...rest] = typed.trim().split(/[\s・]+/u);
  if (rest.length > 0) return [[kanaKeys(first).k2, kanaKeys(rest.join('')).k2]];
  const whole = kanaKeys(typed).k2;
  return Array.from({ length: Math.max(0, whole.length - 1) }, (_, at) => [
    whole.slice(0, at + 1),
    whole.slice(at + 1),
  ]);
}

/**
 * Pairs of names on the register that are one mistyped kana away from what was typed: one part the same,
 * the other near. Without a space every place where the name could part is tried.
 */
export function correctedNames(
  typed: string,
  { families, givens }: { families: NameList; givens: NameList },
): Corrections {
  const whole = kanaKeys(typed).k2;
  const found = { replaced: new Map<string, NamePair>(), others: new Map<string, NamePair>() };
  const put = (pair: NamePair): void => {
    const joined = pair.family + pair.given;
    const same = joined.length === whole.length && editDistance(joined, whole, 1) === 1;
    const into = same ? found.replaced : found.others;
    if (into.size < MOST_PAIRS) into.set(`${pair.family} ${pair.given}`, pair);
  };
  for (const [left, right] of parts(typed)) {
    for (const family of families.same(left))
      for (const given of givens.near(right)) put({ family, given });
    for (const family of families.near(left))
      for (const given of givens.same(right)) put({ family, given });
  }
  return { replaced: [...found.replaced.values()], others: [...found.others.values()] };
}

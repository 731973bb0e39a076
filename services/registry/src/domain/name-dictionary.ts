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

/**
 * Pairs of names on the register that one mistyped kana away from what was typed: one part the same, the
 * other near. Without a space every place where the name could part is tried.
 */
export function correctedNames(
  typed: string,
  lists: { families: NameList; givens: NameList },
): NamePair[] {
  const { families, givens } = lists;
  const whole = kanaKeys(typed).k2;
  const [first = '', ...rest] = typed.trim().split(/[\s・]+/u);
  const parted: [string, string][] =
    rest.length > 0
      ? [[kanaKeys(first).k2, kanaKeys(rest.join('')).k2]]
      : Array.from({ length: Math.max(0, whole.length - 1) }, (_, at) => [
          whole.slice(0, at + 1),
          whole.slice(at + 1),
        ]);
  const pairs = new Map<string, NamePair>();
  for (const [family, given] of parted) {
    const both = [
      [families.same(family), givens.near(given)],
      [families.near(family), givens.same(given)],
    ] as const;
    for (const [left, right] of both)
      for (const one of left)
        for (const other of right)
          if (pairs.size < MOST_PAIRS) pairs.set(`${one} ${other}`, { family: one, given: other });
  }
  return [...pairs.values()];
}

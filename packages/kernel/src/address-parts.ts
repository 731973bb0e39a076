import { EDOGAWA_TOWNS, TOWNS_WITHOUT_CHOME } from './edogawa-towns.ts';
import { kanjiNumbersAsDigits } from './kanji-number.ts';

/** An address of this city taken apart; numbers as digits, building as written. */
export type AddressParts = { town: string; numbers: readonly number[]; building: string };

/**
 * Town and numbers (丁目, 番, 号) in any notation: 一丁目2番3号, 1-2-3, １－２－３, 四ー一ー一, with and without
 * 東京都江戸川区. Undefined when no town of the city is named.
 */
export function addressParts(address: string): AddressParts | undefined {
  const local = address
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/^東京都/u, '')
    .replace(/^江戸川区/u, '');
  const town = EDOGAWA_TOWNS.find((name) => local.startsWith(name));
  if (town === undefined) return undefined;
  let rest = local
    .slice(town.length)
    .replace(/[〇一二三四五六七八九十]+(?=丁目|番|号|[-ー－‐−]|$)/gu, kanjiNumbersAsDigits);
  const numbers: number[] = [];
  for (;;) {
    const step = /^(?:[-ー－‐−の])?(\d+)(?:丁目|番地の?|番|号(?!室)|(?=[-ー－‐−]|\D|$))/u.exec(
      rest,
    );
    if (!step || numbers.length === 3) break;
    numbers.push(Number(step[1]));
    rest = rest.slice(step[0].length);
  }
  return { town, numbers, building: rest.replace(/^[-ー－‐−]/u, '') };
}

/** Does it name the place down to 番地? A town without 丁目 needs one number, the others two. */
export function reachesBlock(parts: AddressParts): boolean {
  return parts.numbers.length >= (TOWNS_WITHOUT_CHOME.has(parts.town) ? 1 : 2);
}

/** Comparison key down to 番地: same town and same numbers; undefined for an unreadable address. */
export function addressKey(address: string): string | undefined {
  const parts = addressParts(address);
  if (!parts || !reachesBlock(parts)) return undefined;
  return `${parts.town}:${parts.numbers.join('-')}`;
}

/** Does what was said name the place on record, down to 番地 at least? */
export function sameAddress(said: string, onRecord: string): boolean {
  const a = addressParts(said);
  const b = addressParts(onRecord);
  if (!a || !b || a.town !== b.town) return false;
  if (!reachesBlock(a) || !reachesBlock(b)) return false;
  const shorter = Math.min(a.numbers.length, b.numbers.length);
  return a.numbers.slice(0, shorter).every((number, index) => number === b.numbers[index]);
}

import { KANJI_VARIANTS } from './kanji-variants.ts';

const SELECTORS = /[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

/**
 * Search form of a name in kanji: variants folded (髙→高, 邉→辺), selectors, spaces and width
 * differences gone. Two names with the same key match; the stored name is never touched.
 */
export function kanjiKey(name: string): string {
  return Array.from(name.replace(SELECTORS, '').replace(/[\s・]/gu, ''))
    .map((character) => KANJI_VARIANTS.get(character) ?? character.normalize('NFKC'))
    .map((character) => KANJI_VARIANTS.get(character) ?? character)
    .join('')
    .toUpperCase();
}

/** Words of a roman name in any order: upper case, no accents or punctuation, sorted. */
export function romanKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .toUpperCase()
    .replace(/[^A-Z\s]/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .toSorted()
    .join(' ');
}

export function isRoman(text: string): boolean {
  return /^[\p{scx=Latn}\p{M}\s.,'’-]+$/u.test(text.normalize('NFKC'));
}

import { SHORTEST_REASON } from '@madoguchi/contracts/reasons';

/** How many characters a reason still lacks; blanks at its ends do not count. */
export function missingCharacters(reason: string): number {
  const count = [...new Intl.Segmenter('ja').segment(reason.trim())].length;
  return Math.max(0, SHORTEST_REASON - count);
}

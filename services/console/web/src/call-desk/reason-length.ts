/** Shortest reason the services accept, in characters as a person counts them. */
const SHORTEST_REASON = 10;

/** How many characters a reason still lacks; blanks at its ends do not count. */
export function missingCharacters(reason: string): number {
  const count = [...new Intl.Segmenter('ja').segment(reason.trim())].length;
  return Math.max(0, SHORTEST_REASON - count);
}

/** Rows a page key moves by. */
const PAGE = 10;

/** The row a key leads to in a list of `count` rows, or undefined when the key does not move. */
export function nextRow(key: string, index: number, count: number): number | undefined {
  const within = (row: number): number => Math.max(0, Math.min(count - 1, row));
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index - 1);
    case 'PageDown':
      return within(index + PAGE);
    case 'PageUp':
      return within(index - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

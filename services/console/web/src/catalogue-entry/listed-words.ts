/** The words of a list as it is typed: blanks or commas between, in any width. */
export const listedWords = (text: string): string[] =>
  text
    .normalize('NFKC')
    .split(/[\s,、]+/u)
    .filter((word) => word !== '');

/** Changes, insertions and deletions of one character between two short texts, given up beyond `most`. */
export function editDistance(one: string, other: string, most: number): number {
  const [a, b] = [Array.from(one), Array.from(other)];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, against] of b.entries())
      next.push(
        Math.min(
          (row[j] ?? 0) + (letter === against ? 0 : 1),
          (row[j + 1] ?? 0) + 1,
          (next[j] ?? 0) + 1,
        ),
      );
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, most + 1);
}

/** A text and the same with each character left out: two texts of distance 1 have one of these in common. */
export function withOneLeftOut(text: string): string[] {
  const letters = Array.from(text);
  return [text, ...letters.map((_, at) => letters.filter((__, index) => index !== at).join(''))];
}

/** One link as it is stored. */
export type Link = {
  position: number;
  writer: string;
  /** Each lane of a writer is numbered for itself. */
  lane: number;
  seq: number;
  entry: string;
  hash: string;
};

export type Finding = {
  kind: 'tamper' | 'gap' | 'reorder' | 'duplicate';
  position: number;
  writer?: string;
  sentence: string;
};

/** Hash before the first entry. */
export const GENESIS = '0'.repeat(64);

export type Hash = (text: string) => string;

/** Hash of a link: over the hash before it and the exact characters of the entry. */
export function linkHash(hash: Hash, previous: string, entry: string): string {
  return hash(`${previous}\n${entry}`);
}

/**
 * Walks a chain in order of position and says where it is broken. Feed it page by page; it keeps only
 * the last hash and the last number of each writer's lanes.
 */
export function chainWalker(hash: Hash) {
  let previous = GENESIS;
  let expected = 1;
  let entries = 0;
  const lastSeq = new Map<string, number>();
  const findings: Finding[] = [];
  const found = (kind: Finding['kind'], link: Link, sentence: string): void => {
    if (findings.length < 100)
      findings.push({ kind, position: link.position, writer: link.writer, sentence });
  };
  return {
    add(link: Link): void {
      if (link.position !== expected)
        found('gap', link, `${expected} 番の記録がありません。 Entry ${expected} is missing.`);
      if (linkHash(hash, previous, link.entry) !== link.hash)
        found(
          'tamper',
          link,
          `${link.position} 番の記録か、その前が書き換えられています。 Entry ${link.position} or the one before it was changed.`,
        );
      const { writer, lane } = link;
      const numbered = lane === 0 ? writer : `${writer}/${lane}`;
      const seq = lastSeq.get(numbered) ?? 0;
      if (link.seq <= seq)
        found(
          'duplicate',
          link,
          `${numbered} の ${link.seq} 番が二度あります。 Number ${link.seq} of ${numbered} stands twice.`,
        );
      else if (link.seq !== seq + 1)
        found(
          'gap',
          link,
          `${numbered} の ${seq + 1} 番がありません。 Number ${seq + 1} of ${numbered} is missing.`,
        );
      lastSeq.set(numbered, Math.max(seq, link.seq));
      // Go on from what is stored, so that one change is one finding and not one for each that follows.
      previous = link.hash;
      expected = link.position + 1;
      entries += 1;
    },
    result: () => ({ whole: findings.length === 0, entries, head: previous, findings }),
  };
}

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from './chain.ts';
import { chainWalker, GENESIS, linkHash } from './chain.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const build = (entries: string[]): Link[] => {
  let previous = GENESIS;
  return entries.map((entry, index) => {
    previous = linkHash(hash, previous, entry);
    return { position: index + 1, writer: 'registry', seq: index + 1, entry, hash: previous };
  });
};
const walk = (links: Link[]) => {
  const walker = chainWalker(hash);
  for (const link of links) walker.add(link);
  return walker.result();
};
const chain = build(['{"a":1}', '{"a":2}', '{"a":3}', '{"a":4}']);
const at = (index: number): Link => {
  const link = chain[index];
  if (!link) throw new Error('no link');
  return link;
};

describe('the chain', () => {
  it('is whole as it was written', () => {
    expect(walk(chain)).toMatchObject({ whole: true, entries: 4, findings: [] });
  });

  it('shows any one changed character, at its place', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.string({ minLength: 1 }), (index, text) => {
        const changed = chain.with(index, { ...at(index), entry: `${at(index).entry}${text}` });
        expect(walk(changed).findings[0]).toMatchObject({ kind: 'tamper', position: index + 1 });
      }),
    );
  });

  it.each([
    [
      'an entry whose own hash was made anew',
      chain.with(1, { ...at(1), entry: '{}', hash: linkHash(hash, at(0).hash, '{}') }),
      'tamper',
      3,
    ],
    ['a deleted entry', chain.toSpliced(1, 1), 'gap', 3],
    [
      'two swapped entries',
      [at(0), { ...at(2), position: 2 }, { ...at(1), position: 3 }, at(3)],
      'tamper',
      2,
    ],
    [
      'a doubled entry',
      [...chain, { ...at(3), position: 5, hash: linkHash(hash, at(3).hash, at(3).entry) }],
      'duplicate',
      5,
    ],
  ] as const)('shows %s', (_what, links, kind, position) => {
    const { whole, findings } = walk([...links]);
    expect(whole).toBe(false);
    expect(findings.map((finding) => [finding.kind, finding.position])).toContainEqual([
      kind,
      position,
    ]);
  });
});

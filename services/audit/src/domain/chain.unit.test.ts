import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from './chain.ts';
import { chainWalker, GENESIS, linkHash } from './chain.ts';
import { missingNumbers } from './missing-numbers.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const build = (entries: string[]): Link[] => {
  let previous = GENESIS;
  return entries.map((entry, index) => {
    previous = linkHash(hash, previous, entry);
    return {
      position: index + 1,
      writer: 'registry',
      lane: 1,
      seq: index + 1,
      entry,
      hash: previous,
    };
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

  it('numbers each lane of a writer for itself, and misses what is missing in one', () => {
    const places = [
      [1, 1],
      [2, 1],
      [1, 2],
      [0, 1],
      [2, 2],
      [1, 3],
    ] as const;
    const links = build(places.map((_, index) => `{"a":${index}}`)).map((link, index) => {
      const [lane, seq] = places[index] ?? [0, 0];
      return { ...link, lane, seq };
    });
    expect(walk(links)).toMatchObject({ whole: true, entries: 6 });
    // Lane 1 goes from 1 to 3, as if its second entry had been removed on the way.
    const texts = links.map(({ entry }) => entry).toSpliced(2, 1);
    const without = build(texts).map((link, index) => {
      const [lane, seq] = places.toSpliced(2, 1)[index] ?? [0, 0];
      return { ...link, lane, seq };
    });
    expect(walk(without).findings).toMatchObject([
      { kind: 'gap', position: 5, sentence: expect.stringContaining('Number 2 of registry/1') },
    ]);
  });
});

describe('what arrives', () => {
  const reached = new Map([
    [1, 4],
    [2, 7],
  ]);
  it.each([
    [
      'the next numbers of each lane',
      [
        [1, 5],
        [2, 8],
        [1, 6],
        [3, 1],
      ],
      [],
    ],
    [
      'what came before, again',
      [
        [1, 3],
        [1, 4],
        [1, 5],
      ],
      [],
    ],
    [
      'a batch after one that was lost',
      [
        [1, 6],
        [2, 8],
      ],
      [{ lane: 1, seq: 5 }],
    ],
    [
      'a batch from which one was taken',
      [
        [2, 8],
        [2, 10],
        [2, 12],
      ],
      [{ lane: 2, seq: 9 }],
    ],
    ['a lane that does not begin at one', [[3, 2]], [{ lane: 3, seq: 1 }]],
  ] as const)('misses nothing but what is missing: %s', (_what, arriving, missing) => {
    const numbered = arriving.map(([lane, seq]) => ({ lane, seq }));
    expect(missingNumbers(numbered, reached)).toEqual(missing);
  });
});

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../invent-residents/random.ts';
import type { Pair } from './tell-apart.fixture.ts';
import { areaUnderCurve, tellApart } from './tell-apart.fixture.ts';

describe('the area under the curve', () => {
  it.each([
    [[3, 4], [1, 2], 1],
    [[1, 2], [3, 4], 0],
    [[1, 2], [1, 2], 0.5],
    [[2, 2, 2], [2, 2], 0.5],
    [[1, 3, 5], [2, 4], 0.5],
    [[1, 4], [2, 3, 5], 2 / 6],
  ])('is the share of pairs in which the first is larger: %j, %j', (ones, others, auc) => {
    expect(areaUnderCurve(ones, others).auc).toBeCloseTo(auc, 10);
  });

  it('has the variance that repeated draws have', () => {
    const random = seededRandom(5);
    const draw = (count: number) => Array.from({ length: count }, () => random.next());
    const drawn = Array.from({ length: 400 }, () => areaUnderCurve(draw(60), draw(60)));
    const middle = drawn.reduce((sum, { auc }) => sum + auc, 0) / drawn.length;
    const seen = drawn.reduce((sum, { auc }) => sum + (auc - middle) ** 2, 0) / drawn.length;
    const said = drawn.reduce((sum, { variance }) => sum + variance, 0) / drawn.length;
    expect(middle).toBeCloseTo(0.5, 1);
    expect(seen / said).toBeGreaterThan(0.8);
    expect(seen / said).toBeLessThan(1.25);
  });
});

describe('a guess', () => {
  const random = seededRandom(7);
  /** Times in milliseconds as a busy machine gives them: most near two, some far above. */
  const time = (): number => 2 + random.next() + (random.next() < 0.2 ? 30 * random.next() : 0);
  const pairs = (count: number, shift: number): Pair<'time' | 'size'>[] =>
    Array.from({ length: count }, () => ({
      one: { time: time() + shift, size: 100 },
      other: { time: time(), size: 100 },
    }));

  it('is no better than chance where there is nothing to tell', () => {
    for (const { auc, upper } of tellApart(pairs(2_000, 0))) {
      expect(auc).toBeLessThan(0.54);
      expect(upper).toBeLessThan(0.55);
    }
  });

  it('is better with a millisecond more, in every way it is made', () => {
    const told = tellApart(pairs(1_000, 1)).filter(({ by }) => !by.startsWith('size'));
    for (const { lower } of told) expect(lower).toBeGreaterThan(0.6);
  });

  it('is certain where one byte differs, whichever way', () => {
    for (const size of [99, 101]) {
      const differing = pairs(300, 0).map(({ one, other }) => ({ one: { ...one, size }, other }));
      const [best] = tellApart(differing);
      expect(best).toMatchObject({ auc: 1, lower: 1 });
    }
  });

  it('finds what only two features together tell', () => {
    const together = Array.from({ length: 1_000 }, () => {
      const of = (shift: number) => {
        const base = random.next();
        return { base, time: base + shift + random.next() * 0.2 };
      };
      return { one: of(0.1), other: of(0) };
    });
    const all = tellApart(together).find(({ by }) => by === 'all');
    expect(all?.lower).toBeGreaterThan(0.6);
  });
});

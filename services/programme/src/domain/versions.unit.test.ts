import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatedEntry, Version } from './versions.ts';
import { overlapWithVersions } from './versions.ts';

const day = (offset: number): string =>
  new Date(Date.UTC(2027, 0, 1 + offset)).toISOString().slice(0, 10);
const version = (code: string, from: number, to: number | null): Version => ({
  code,
  validFrom: day(from),
  validTo: to === null ? null : day(to),
});
const inOrder = (versions: Version[]): Version[] =>
  versions.toSorted((a, b) =>
    `${a.validFrom}${a.validTo ?? '9'}`.localeCompare(`${b.validFrom}${b.validTo ?? '9'}`),
  );
const rule = ({ code, validFrom, validTo }: Version): DatedEntry => ({
  kind: 'other-vaccine-rule',
  row: {
    ruleCode: code,
    programmeCodes: ['autumn'],
    disease: null,
    minimumDaysBetween: 13,
    validFrom,
    validTo,
    source: null,
    confidence: null,
  },
});
const correct = (to: Version, versions: Version[]) => {
  const found = overlapWithVersions(rule(to), inOrder(versions));
  return found && [found.refusal.code, found.refusal.details?.['code']];
};

describe('a version of a rule', () => {
  const [first, second, third] = [
    version('first', 0, 10),
    version('second', 10, 20),
    version('third', 20, null),
  ];
  const all = [first, second, third];

  it('is not corrected into the one before or the one behind, and up to both', () => {
    expect(correct(version('second', 9, 20), all)).toEqual(['earlier_version_overlapped', 'first']);
    expect(correct(version('second', 10, 21), all)).toEqual(['later_version_overlapped', 'third']);
    expect(correct(version('second', 30, 31), all)).toEqual(['later_version_overlapped', 'third']);
    expect(correct(version('second', -9, -3), all)).toEqual([
      'earlier_version_overlapped',
      'first',
    ]);
    expect(correct(second, all)).toBeUndefined();
    expect(correct(version('second', 12, 15), all)).toBeUndefined();
    expect(correct(version('elsewhere', 0, null), [])).toBeUndefined();
  });

  it('says where the earlier one ends, and what to do', () => {
    expect(overlapWithVersions(rule(version('second', 5, 20)), all)).toMatchObject({
      refusal: {
        details: {
          lastDay: day(9),
          items: [
            {
              item: 'validFrom',
              ja: expect.stringContaining(`最終日は ${day(9)}`),
              en: expect.stringContaining(`Let this one begin on ${day(10)} or later`),
            },
          ],
        },
      },
    });
  });

  it('that was taken back does not come back to days that another one took', () => {
    const back = version('back', 10, 10);
    // The first one was let run on.
    const runsOn = version('first', 0, null);
    expect(correct(version('back', 10, null), [runsOn, back])).toEqual([
      'earlier_version_overlapped',
      'first',
    ]);
    // Another version was begun on the same day instead of it.
    expect(correct(version('back', 10, 12), [first, back, second])).toEqual([
      'later_version_overlapped',
      'second',
    ]);
    expect(correct(back, [runsOn, back])).toBeUndefined();
  });

  it('never holds on a day of another one, whatever is corrected one after another', () => {
    const offset = fc.integer({ min: 0, max: 30 });
    const correction = fc.record({
      code: fc.constantFrom('first', 'second', 'third'),
      from: offset,
      to: fc.option(offset, { freq: 8 }),
    });
    fc.assert(
      fc.property(fc.array(correction, { maxLength: 12 }), (corrections) => {
        let standing = all;
        for (const { code, from, to } of corrections) {
          const wanted = version(code, from, to);
          if (to !== null && to < from) continue;
          if (overlapWithVersions(rule(wanted), inOrder(standing))) continue;
          standing = standing.map((one) => (one.code === code ? wanted : one));
        }
        for (let walk = 0; walk <= 40; walk += 1)
          expect(
            standing.filter(
              ({ validFrom, validTo }) =>
                validFrom <= day(walk) && (validTo === null || day(walk) < validTo),
            ).length,
          ).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});

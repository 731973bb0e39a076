import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRow } from './next-row.ts';

describe('nextRow', () => {
  it('moves by one row, by a page, and to the ends', () => {
    expect(nextRow('ArrowDown', 3, 40)).toBe(4);
    expect(nextRow('PageUp', 3, 40)).toBe(0);
    expect(nextRow('End', 3, 40)).toBe(39);
    expect(nextRow('a', 3, 40)).toBeUndefined();
  });

  it('never leaves the list', () => {
    const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(keys), (count, pressed) => {
        let row = 0;
        for (const key of pressed) row = nextRow(key, row, count) ?? row;
        expect(row).toBeGreaterThanOrEqual(0);
        expect(row).toBeLessThan(count);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { inventedSlots } from '../fixtures/invented-people.ts';
import { suggestedOnce } from './suggestions.tsx';

describe('suggestions', () => {
  it('names each slot once, under the first way that has it', () => {
    const [a, b, c] = inventedSlots('2026-12-01');
    if (a === undefined || b === undefined || c === undefined) throw new Error('too few slots');
    const found = { doseNumber: 2, next: [a], sameVenue: [a, b], sameTown: [], elsewhere: [b, c] };
    expect(suggestedOnce(found).map(({ way, slots }) => [way, slots[0]?.slotId])).toEqual([
      ['next', a.slotId],
      ['sameVenue', b.slotId],
      ['elsewhere', c.slotId],
    ]);
  });
});

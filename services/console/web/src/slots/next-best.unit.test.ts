import { describe, expect, it } from 'vitest';
import { inventedSlots } from '../fixtures/invented-people.ts';
import type { Slot } from '../gateway/contract-types.ts';
import { findNextBest, nextBest } from './next-best.ts';
import type { Near } from './next-best.ts';

const [given] = inventedSlots('2026-12-01');
if (given === undefined) throw new Error('no invented slot');
const at = (slotId: string, part: Partial<Slot>): Slot => ({ ...given, slotId, ...part });
const lost = at('lost', { date: '2026-12-01', startsAt: '10:00', venueCode: 'here' });
const later = (slotId: string, startsAt: string): Slot => at(slotId, { ...lost, slotId, startsAt });

describe('the next best slot', () => {
  it('is the one closest in time, before or after', () => {
    const offered = [later('a', '09:00'), later('b', '10:20'), later('c', '11:00')];
    expect(nextBest(lost, offered)?.slotId).toBe('b');
    expect(nextBest(lost, [later('a', '09:50'), later('b', '10:20')])?.slotId).toBe('a');
  });

  it('is at the same venue rather than elsewhere, unless a day or more lies between', () => {
    const elsewhere = at('there', { ...lost, slotId: 'there', venueCode: 'there' });
    expect(nextBest(lost, [elsewhere, later('late', '16:00')])?.slotId).toBe('late');
    const nextWeek = at('week', { ...lost, slotId: 'week', date: '2026-12-08' });
    expect(nextBest(lost, [nextWeek, elsewhere])?.slotId).toBe('there');
  });

  it('is never the lost one', () => expect(nextBest(lost, [lost])).toBeUndefined());

  it('is looked for at the venue first, then anywhere', async () => {
    const asked: Near[] = [];
    const answer = await findNextBest(lost, async (near) => {
      asked.push(near);
      return { ok: true, value: near.venueCode === undefined ? [later('x', '15:00')] : [lost] };
    });
    expect(answer).toMatchObject({ ok: true, value: { slotId: 'x' } });
    expect(asked).toEqual([
      { from: '2026-12-01', to: '2026-12-07', venueCode: 'here' },
      { from: '2026-12-01', to: '2026-12-28' },
    ]);
  });
});

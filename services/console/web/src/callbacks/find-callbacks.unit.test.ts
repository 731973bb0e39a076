import { describe, expect, it } from 'vitest';
import { worklistAnswers } from '../fixtures/worklist-answers.ts';
import type { WorkItem } from '../gateway/contract-types.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { FIRST_FILTER } from './callback-filters.tsx';
import { findCallbacks } from './find-callbacks.ts';

const LATER = '2099-01-01T13:00:00+09:00';

async function listOf(count: number, dueFrom: number) {
  const answer = await worklistAnswers().listWorkItems({});
  const [any] = answer.ok ? answer.value.items : [];
  if (any === undefined) throw new Error('no item');
  const items: WorkItem[] = Array.from({ length: count }, (_, index) => ({
    ...any,
    itemId: String(index),
    notBefore: index < dueFrom ? LATER : '2026-11-24T09:00:00+09:00',
  }));
  const asked: boolean[] = [];
  const gateway = {
    listWorkItems: async (request: Parameters<Gateway['listWorkItems']>[0]) => {
      const { dueNow = false, limit = 50 } = request;
      asked.push(dueNow);
      const found = items.filter(({ notBefore }) => !dueNow || notBefore !== LATER);
      const more = found.length > limit ? { nextCursor: 'next' } : {};
      return { ok: true as const, value: { items: found.slice(0, limit), ...more } };
    },
  };
  return { gateway, asked };
}

describe('the worklist', () => {
  it('has what may be called now first, however much stands before it that may not yet', async () => {
    const { gateway } = await listOf(130, 120);
    const found = await findCallbacks(gateway, FIRST_FILTER);
    if (!found.ok) throw new Error('refused');
    const { items, more } = found.value;
    expect(items.slice(0, 10).map(({ itemId }) => itemId)).toEqual(
      Array.from({ length: 10 }, (_, index) => String(120 + index)),
    );
    expect(items.map(({ due }) => due).lastIndexOf(true)).toBe(9);
    expect(items).toHaveLength(110);
    expect(more).toBe(true);
  });

  it('asks once for what is in hand or done, of which nothing is to be called', async () => {
    const { gateway, asked } = await listOf(3, 1);
    const found = await findCallbacks(gateway, { ...FIRST_FILTER, state: 'done' });
    expect(asked).toEqual([false]);
    expect(found.ok && found.value.items.every(({ due }) => !due)).toBe(true);
  });
});

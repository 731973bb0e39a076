import { describe, expect, it } from 'vitest';
import { waitedFor } from './waited-for.ts';

const since = '2026-11-20T10:00:00+09:00';
const at = (text: string) => waitedFor(since, Date.parse(text));

describe('how long somebody has waited', () => {
  it('is told in whole days and hours, over midnight and in any zone', () => {
    expect(at('2026-11-20T10:59:59+09:00')).toEqual({ days: 0, hours: 0 });
    expect(at('2026-11-21T09:59:00+09:00')).toEqual({ days: 0, hours: 23 });
    expect(at('2026-11-23T04:30:00Z')).toEqual({ days: 3, hours: 3 });
  });

  it('is nothing where the clock of the desk is behind', () => {
    expect(at('2026-11-20T09:58:00+09:00')).toEqual({ days: 0, hours: 0 });
  });
});

import { CHANNELS } from '@madoguchi/contracts';
import { describe, expect, it } from 'vitest';
import type { SlotsMeant } from './nothing-free.ts';
import { whyNothingFree } from './nothing-free.ts';

const meant = (changes: Partial<SlotsMeant> = {}): SlotsMeant => ({
  planned: true,
  leftToOthers: false,
  taken: false,
  opensAt: undefined,
  ...changes,
});
const opensAt = new Date('2026-11-30T00:00:00Z');

describe('why nothing is free', () => {
  it.each([
    [meant({ planned: false }), ['slot_not_planned']],
    [meant({ taken: true }), ['slot_full']],
    [meant({ taken: true, leftToOthers: true }), ['channel_quota_reached']],
    [meant({ opensAt }), ['slot_not_open']],
    [meant({ taken: true, opensAt }), ['slot_full', 'slot_not_open']],
    [meant(), ['slot_closed']],
  ])('%j: %j', (what, codes) =>
    expect(whyNothingFree(what, 'phone').map((reason) => reason.code)).toEqual(codes),
  );
  it('is said for every channel in its own words, in both languages', () => {
    const sentences = CHANNELS.map(
      (channel) => whyNothingFree(meant({ leftToOthers: true }), channel)[0]?.sentence,
    );
    expect(new Set(sentences.map((one) => one?.ja)).size).toBe(CHANNELS.length);
    expect(new Set(sentences.map((one) => one?.en)).size).toBe(CHANNELS.length);
  });
  it('names the time at which booking opens, by the clock of Tokyo', () => {
    const [reason] = whyNothingFree(meant({ opensAt }), 'phone');
    expect(reason?.sentence.ja).toContain('令和8年11月30日09:00');
    expect(reason?.sentence.en).toContain('2026-11-30 at 09:00');
  });
});
